import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startPostgres } from "#scripts/database/embedded-postgres.ts";
import { freePort } from "#scripts/runtime/free-port.ts";
import { PlainFailure } from "#scripts/runtime/plain-failure.ts";

const LENT = "/proc/sys/net/ipv4/ip_local_port_range";

test.runIf(existsSync(LENT))("a free port is none that an outgoing connection can be lent", async () => {
  const lowest = Number(readFileSync(LENT, "utf8").split("\t")[0]);
  const ports = await Promise.all(Array.from({ length: 50 }, freePort));
  expect(Math.max(...ports)).toBeLessThan(lowest);
});

test("Postgres starts when its port is let go, and says why when it never is", async () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-postgres-"));
  const port = await freePort();
  const holder = createServer().listen(port, "127.0.0.1");
  try {
    const failure = await startPostgres(folder, "test", port).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PlainFailure);
    expect(String(failure)).toContain("Address already in use");
    const starting = startPostgres(folder, "test", port);
    await sleep(1_000);
    holder.close();
    const postgres = await starting;
    await postgres.stop();
  } finally {
    holder.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
