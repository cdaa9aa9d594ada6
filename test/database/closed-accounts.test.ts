import { beforeAll, describe, expect, test, vi } from "vitest";
import { pool } from "#lib/db/pool.ts";
import { requestBreakGlass } from "#lib/services/break-glass.ts";
import {
  makePerson,
  makeTeam,
  openRecord,
  refusalOf,
  sign,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";

const REFUSED = "only an open account signs, or is signed for";
type Person = Team["lead"];

let team: Team;

beforeAll(async () => {
  team = await makeTeam();
});

const close = async ({ id }: Person) =>
  pool().query("UPDATE users SET disabled_at = now() WHERE id = $1", [id]);

/** Closes an account in a transaction that ends once the call waits for it. */
async function closingMeanwhile<T>({ id }: Person, call: () => Promise<T>): Promise<T> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN");
    await client.query("UPDATE users SET disabled_at = now() WHERE id = $1", [id]);
    const answer = call();
    await vi.waitFor(async () => {
      const { rowCount } = await pool().query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      expect(rowCount).toBe(1);
    });
    await client.query("COMMIT");
    return await answer;
  } finally {
    client.release();
  }
}

describe("the database takes no signature of a closed account", () => {
  const insert = async (id: string, signer: Person, { forId = null as string | null } = {}) =>
    pool()
      .query(
        `INSERT INTO approvals (deployment_id, round, role, seq, decision, signed_at, signed_by_id, signed_by_name,
           meaning, digest, proof, may_hold_several_roles, for_id, for_name, delegation_id)
         VALUES ($1, 1, 'engineering-lead', 900, 'approved', now(), $2, 'X', 'm', $3, 'password', false,
           $4, CASE WHEN $4::uuid IS NOT NULL THEN 'Y' END, $4)`,
        [id, signer.id, "0".repeat(64), forId],
      )
      .then(
        () => "signed",
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );

  test("of the signer, and of whom somebody signs for", async () => {
    const id = await openRecord(team);
    const closed = await makePerson("engineering-lead", team.id);
    await close(closed);
    expect(await insert(id, closed)).toBe(REFUSED);
    expect(await insert(id, team.engineer2, { forId: closed.id })).toBe(REFUSED);
    expect(await insert(id, team.engineeringLead)).toBe("signed");
  });

  test("nor while it is being closed", async () => {
    const id = await openRecord(team);
    await toSignOff(team, id);
    const leaving = await makePerson("engineering-lead", team.id);
    const refusal = await closingMeanwhile(leaving, async () =>
      refusalOf(sign(id, leaving, "engineering-lead")),
    );
    expect(refusal).toBe("forbidden");
  });
});

test("whose account is closed breaks no glass", async () => {
  const id = await openRecord(team);
  await requestBreakGlass(team.lead, { deploymentId: id, phase: "final-checks", reason: "Down." });
  const closed = await makePerson("security", team.id);
  await close(closed);
  const broken = pool().query(
    `UPDATE break_glass SET confirmed_at = now(), confirmed_by_id = $2, confirmed_by_name = 'X', role = 'security',
       meaning = 'm', digest = $3, proof = 'password', blockers = '[]' WHERE deployment_id = $1`,
    [id, closed.id, "0".repeat(64)],
  );
  await expect(broken).rejects.toThrow(REFUSED);
});
