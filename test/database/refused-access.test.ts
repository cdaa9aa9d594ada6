import { expect, test } from "vitest";
import { Rejection } from "#lib/domain/rejection.ts";
import { pool } from "#lib/db/pool.ts";
import { LIMITS } from "#lib/services/attempt-limits.ts";
import { noteRefusedAccess } from "#lib/services/refused-access.ts";
import { makeTeam } from "#test/support/factories.ts";

const { points } = LIMITS["refused-access"];
const ADDRESS = "192.0.2.44";
const forbidden = new Rejection("forbidden", "Your roles on this team do not allow this");

test("a flood of refused requests fills the security log with its beginning, and a line that says so", async () => {
  const team = await makeTeam();
  for (let request = 0; request < points + 40; request += 1)
    await noteRefusedAccess(forbidden, team.auditor, ADDRESS);
  const details = await detailsOf(team.auditor.id);
  expect(details.slice(0, points)).toEqual(Array.from({ length: points }, () => forbidden.message));
  expect(details.slice(points)).toEqual(["more of this kind, left out for an hour"]);
  await noteRefusedAccess(forbidden, { id: team.engineer.id, kind: "token" }, ADDRESS);
  expect(await detailsOf(team.engineer.id)).toEqual([`by API token: ${forbidden.message}`]);
});

test("what is refused for another reason counts for nothing", async () => {
  const { auditor } = await makeTeam();
  for (let request = 0; request <= points; request += 1)
    await noteRefusedAccess(new Rejection("not-found", "There is no such thing"), auditor, ADDRESS);
  expect(await detailsOf(auditor.id)).toEqual([]);
  await noteRefusedAccess(forbidden, auditor, ADDRESS);
  expect(await detailsOf(auditor.id)).toEqual([forbidden.message]);
});

async function detailsOf(personId: string): Promise<readonly (string | null)[]> {
  const { rows } = await pool().query<{ detail: string | null }>(
    "SELECT detail FROM security_log WHERE user_id = $1 AND kind = 'access.refused' ORDER BY id",
    [personId],
  );
  return rows.map(({ detail }) => detail);
}
