import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { expect, test, vi } from "vitest";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { verify } from "#scripts/admin/verify-history.ts";
import { urlFor } from "#test/support/database.ts";
import { makeTeam, openRecord } from "#test/support/factories.ts";

test("what a database administrator wrote turns nothing in the terminal of whoever verifies", async () => {
  await openRecord(await makeTeam());
  await sealHistory();
  const superuser = new Client({ connectionString: urlFor("superuser") });
  await superuser.connect();
  await superuser.query("SET session_replication_role = replica");
  const stream = randomUUID();
  const actor = { kind: "person", id: randomUUID(), name: "x" };
  const insert = async (seq: number, at: string, prev: string | null) => {
    const body = canonicalText({ actor, at, data: {}, format: 1, prev, seq, stream, type: "x" });
    const values = [stream, seq, body, sha256(body)];
    await superuser.query("INSERT INTO events (stream_id, seq, body, hash) VALUES ($1, $2, $3, $4)", values);
    return sha256(body);
  };
  // It clears the screen, says that all is well, and hides what comes after.
  const at = "9999\u001b[2J\u001b[Hwhole: 61 events of 2 histories checked\u001b[8m";
  await insert(2, at, await insert(1, new Date().toISOString(), null));
  await superuser.end();
  const said: string[] = [];
  const stdout = vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
  await verify({});
  stdout.mockRestore();
  process.exitCode = 0;
  expect(said.join("")).toContain("broken in");
  expect(said.join("")).not.toContain("\u001b");
});
