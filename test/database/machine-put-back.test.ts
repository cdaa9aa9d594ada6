import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { besideKey } from "#lib/signing-key.ts";
import { deliverCheckpoints } from "#lib/services/deliver-checkpoints.ts";
import { makeBundle } from "#lib/services/bundles.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { urlFor } from "#test/support/database.ts";
import { makeTeam, openRecord, refusalOf, type Team } from "#test/support/factories.ts";
import { SavedTables } from "../../proof/support/saved-tables.ts";

const TABLES = ["events", "log_leaves", "log_checkpoints", "checkpoint_deliveries", "deployments", "phases"];
const BESIDE = ["last-signed", "sealed"] as const;
const folder = mkdtempSync(join(tmpdir(), "countersign-outside-"));
const file = join(folder, "checkpoints.txt");

let superuser: Pool;
let tables: SavedTables;
let team: Team;
const beside = new Map<string, string>();

beforeAll(async () => {
  superuser = new Pool({ connectionString: urlFor("superuser"), max: 2 });
  process.env.COUNTERSIGN_CHECKPOINT_FILE = file;
  team = await makeTeam();
  for (let time = 0; time < 2; time += 1) {
    await openRecord(team);
    await sealHistory();
  }
  await deliverCheckpoints("file");
  tables = await SavedTables.of(superuser, TABLES);
  await tables.disarm();
  await tables.save("snapshot");
  for (const name of BESIDE) beside.set(name, readFileSync(besideKey(name), "utf8"));
});

afterAll(async () => {
  tables.release();
  await superuser.end();
  rmSync(folder, { recursive: true });
});

/** Database and key folder as they were at one moment, and the file outside as it is. */
async function putBack(): Promise<void> {
  await tables.bringBack("snapshot");
  for (const name of BESIDE) writeFileSync(besideKey(name), beside.get(name) ?? "");
}

test("after a whole machine was put back, nothing is signed or delivered that the file outside does not continue", async () => {
  await openRecord(team);
  await sealHistory();
  await deliverCheckpoints("file");
  const delivered = readFileSync(file, "utf8");
  // What others append, or a delivery left, hides nothing.
  appendFileSync(file, "not a note\n\n");
  await putBack();
  const id = await openRecord(team);
  const refusal =
    /^the database does not continue the checkpoint over \d+ events signed at .*, which was delivered to/;
  await expect(sealHistory()).rejects.toThrow(refusal);
  await expect(deliverCheckpoints("file")).rejects.toThrow(refusal);
  expect(readFileSync(file, "utf8")).toBe(`${delivered}not a note\n\n`);
  expect(await refusalOf(makeBundle(team.auditor, id))).toBe("history-lost");
  expect((await verifyHistory()).flaws).toContainEqual(
    expect.objectContaining({ stream: null, message: expect.stringContaining("the history was cut") }),
  );
});

test("it signs on once somebody has begun another file", async () => {
  renameSync(file, `${file}.kept`);
  await openRecord(team);
  await sealHistory();
  await deliverCheckpoints("file");
  expect((await verifyHistory()).flaws).toEqual([]);
  await openRecord(team);
  await sealHistory();
});
