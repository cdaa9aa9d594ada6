import { randomUUID } from "node:crypto";
import { beforeAll, expect, test, vi } from "vitest";
import { eventsAhead } from "#lib/db/checkpoints.ts";
import {
  findVerification,
  lastTellingVerification,
  listVerificationRuns,
  recordFailure,
} from "#lib/db/verifications.ts";
import { HOUR } from "#lib/domain/time.ts";
import { pool } from "#lib/db/pool.ts";
import { proofState } from "#lib/queries/proof-state.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { askForVerification, runVerification } from "#lib/services/verifications.ts";
import { moveClock } from "#test/support/database.ts";
import { makePerson, makeTeam, openRecord, refusalOf, type Team } from "#test/support/factories.ts";

let team: Team;
let auditor: Awaited<ReturnType<typeof makePerson>>;
const everything = { scope: { kind: "everything" as const } };

beforeAll(async () => {
  team = await makeTeam();
  auditor = await makePerson("auditor", null);
});

test("what was asked for is verified once, and its result kept", async () => {
  await openRecord(team);
  expect(await eventsAhead(pool())).toBeGreaterThan(0);
  await sealHistory();
  expect(await eventsAhead(pool())).toBe(0);
  const id = await askForVerification(auditor, everything);
  expect(await lastTellingVerification()).toBeNull();
  await runVerification(id);
  const run = await findVerification(id);
  expect(run).toMatchObject({ failure: null, flaws: [], askedBy: { id: auditor.id } });
  expect(run?.eventsChecked).toBeGreaterThan(0);
  await runVerification(id);
  expect(await lastTellingVerification()).toEqual(run);
});

test("asked for twice under one id, at once, it is one", async () => {
  const id = randomUUID();
  await Promise.all([
    askForVerification(auditor, everything, id),
    askForVerification(auditor, everything, id),
  ]);
  expect((await listVerificationRuns(null, 100)).filter((run) => run.id === id)).toHaveLength(1);
});

test("a lead verifies the records of the own team, and sees those runs alone", async () => {
  const deploymentId = await openRecord(team);
  const scope = { kind: "deployment" as const, deploymentId };
  const id = await askForVerification(team.lead, { scope });
  expect((await listVerificationRuns([team.id], 100)).map((run) => run.id)).toEqual([id]);
  expect(await refusalOf(askForVerification(team.lead, everything))).toBe("forbidden");
  expect(await refusalOf(askForVerification(team.engineer, { scope }))).toBe("forbidden");
  expect(await refusalOf(askForVerification((await makeTeam()).lead, { scope }))).toBe("not-found");
});

test("of one person two wait or run, and thirty begin in an hour; those of others are theirs", async () => {
  const asker = await makePerson("auditor", null);
  const first = await askForVerification(asker, everything);
  const asked = await Promise.allSettled([1, 2, 3].map(async () => askForVerification(asker, everything)));
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(askForVerification(asker, everything)).rejects.toThrow(
    "Two verifications that you asked for are not finished yet; wait for them",
  );
  // A repeat is the same one.
  expect(await askForVerification(asker, everything, first)).toBe(first);
  await askForVerification(await makePerson("auditor", null), everything);
  // One that was never finished holds up nobody for good.
  moveClock(7 * HOUR);
  await askForVerification(asker, everything);
  moveClock(0);
  const another = await makePerson("auditor", null);
  for (let count = 0; count < 30; count += 1)
    await recordFailure(await askForVerification(another, everything), new Date().toISOString(), "No reason");
  await expect(askForVerification(another, everything)).rejects.toThrow(/^Too many attempts; try again in/);
});

test("how everything stands is told by runs over everything, and by flaws wherever they were found", async () => {
  const asker = await makePerson("auditor", null);
  const standing = async () => (await proofState(asker)).verified?.result;
  const deploymentId = await openRecord(team);
  const one = { scope: { kind: "deployment" as const, deploymentId } };
  await runVerification(await askForVerification(asker, everything));
  expect(await standing()).toBe("whole");
  await pool().query("UPDATE deployments SET version = '9.9.9' WHERE id = $1", [deploymentId]);
  await runVerification(await askForVerification(asker, one));
  expect(await standing()).toBe("broken");
  expect(console.error).toHaveBeenCalledOnce();
  vi.mocked(console.error).mockClear();
  // A whole record elsewhere covers nothing.
  const elsewhere = { kind: "deployment" as const, deploymentId: await openRecord(team) };
  await runVerification(await askForVerification(asker, { scope: elsewhere }));
  expect(await standing()).toBe("broken");
  await recordFailure(await askForVerification(asker, everything), new Date().toISOString(), "No reason");
  expect(await standing()).toBe("failed");
});
