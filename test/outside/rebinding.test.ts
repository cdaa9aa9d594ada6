import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createOutside } from "#lib/evidence/outside/create-outside.ts";
import type { Outside } from "#lib/evidence/outside.ts";
import { startNameServer, type NameServer } from "#test/support/peers/name-server.ts";

/** Somewhere public that does not answer here. */
const PUBLIC = "192.88.98.1";
const INSIDE = "127.0.0.1";

let connections = 0;
let listener: Server;
let port: number;
let names: NameServer;
let outside: Outside;

beforeAll(async () => {
  listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, "0.0.0.0", resolve));
  // What listens on a port has an address with that port.
  port = (listener.address() as AddressInfo).port;
  names = await startNameServer((name, time) => {
    if (name.startsWith("both-")) return [PUBLIC, INSIDE];
    if (name.startsWith("inside-")) return [INSIDE];
    return time % 2 === 0 ? [PUBLIC] : [INSIDE];
  });
  outside = createOutside({
    allowedRanges: [],
    credentials: {},
    extraCa: [],
    timeoutMs: 150,
    lookup: names.lookup,
  });
});

afterAll(() => {
  names.stop();
  listener.close();
});

test("a name that turns from a public address to an inside one gets no connection inside", async () => {
  const verdicts: string[] = [];
  const note = (error: unknown) => verdicts.push(error instanceof Error ? error.message : String(error));
  for (let round = 0; round < 12; round += 1) {
    for (const kind of ["turning", "both", "inside"]) {
      const host = `${kind}-${round % 4}.example.com`;
      await outside.get(`http://${host}:${port}/`).catch(note);
      await outside.tls(host, port).catch(note);
    }
  }
  expect(verdicts).toHaveLength(72);
  expect(connections).toBe(0);
  expect(verdicts.filter((message) => message.includes("private address")).length).toBeGreaterThanOrEqual(48);
  // Asked once for each try: the address that was checked is the one that is used.
  expect(names.asked.get("turning-0.example.com")).toBe(6);
});

test("the listener would have counted", async () => {
  const allowed = createOutside({
    allowedRanges: ["127.0.0.0/8"],
    credentials: {},
    extraCa: [],
    timeoutMs: 1_000,
    lookup: names.lookup,
  });
  await allowed.get(`http://inside-9.example.com:${port}/`).catch(() => undefined);
  expect(connections).toBe(1);
});
