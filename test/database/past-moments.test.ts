import { expect, test } from "vitest";
import { SECOND, laterBy } from "#lib/domain/time.ts";
import { getPastDeployment } from "#lib/queries/past-deployment.ts";
import { load, makeTeam, openRecord } from "#test/support/factories.ts";

test("a moment without a zone is in UTC, and means all of its minute or second", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  const { at } = (await load(id)).opened;
  const seqAt = async (moment: string) => (await getPastDeployment(team.engineer, id, moment)).seq;
  expect(await seqAt(at)).toBe(1);
  expect(await seqAt(at.slice(0, "2026-11-24T10:41".length))).toBe(1);
  expect(await seqAt(at.slice(0, "2026-11-24T10:41:30".length))).toBe(1);
  await expect(seqAt(laterBy(at, -2 * SECOND).slice(0, "2026-11-24T10:41:30".length))).rejects.toThrow(
    "There is no such moment",
  );
});
