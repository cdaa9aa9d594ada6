import { afterEach, beforeAll, expect, test } from "vitest";
import { MINUTE } from "#lib/domain/time.ts";
import { pool } from "#lib/db/pool.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { moveClock } from "#test/support/database.ts";
import { makeTeam, openRecord, type Team } from "#test/support/factories.ts";

let team: Team;
let id: string;

beforeAll(async () => {
  team = await makeTeam();
  id = await openRecord(team);
  await sealHistory();
});

afterEach(() => moveClock(0));

const flaws = async (deploymentId: string) =>
  (await verifyHistory({ scope: { kind: "deployment", deploymentId } })).flaws;

// The app's own role may write this number, and the log takes events up to it.
async function count(more: number): Promise<void> {
  await pool().query("UPDATE deployments SET revision = revision + $2 WHERE id = $1", [id, more]);
}

test("an event that was kept out of the log is a flaw once a checkpoint is well past it", async () => {
  await settleItem(team.engineer, id, { item: "mtls-enabled", to: "done" });
  await count(-1);
  moveClock(4 * MINUTE);
  await openRecord(team);
  await sealHistory();
  await count(1);
  // A write may take its time, and the clocks of two servers may differ.
  expect(await flaws(id)).toEqual([]);
  await count(-1);
  moveClock(6 * MINUTE);
  const other = await openRecord(team);
  await sealHistory();
  await count(1);
  const named = {
    stream: id,
    seq: 2,
    message: expect.stringMatching(
      /^it is dated .*, and the log lacks it, though a checkpoint was signed at/,
    ),
  };
  expect(await flaws(id)).toEqual([named]);
  // Whatever is asked for, since a record without its last events looks whole from elsewhere.
  expect(await flaws(other)).toEqual([named]);
  expect((await verifyHistory()).flaws).toEqual([named]);
});
