import { Client } from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import type { PersonInSession } from "#lib/auth/find-actor.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { pool } from "#lib/db/pool.ts";
import { CHECK_RUNNER } from "#lib/services/check-runner.ts";
import { liftLegalHold, setLegalHold } from "#lib/services/legal-holds.ts";
import { removeDeploymentContent, removeOverdueContent, setRetention } from "#lib/services/retention.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { urlFor } from "#test/support/database.ts";
import {
  inSession,
  makePerson,
  makeTeam,
  openRecord,
  refusalOf,
  type Team,
} from "#test/support/factories.ts";
import { endedRecord, retainSince } from "#test/support/retention.ts";

const SPAN = 365;
let team: Team;
let admin: PersonInSession;

beforeAll(async () => {
  team = await makeTeam();
  admin = await inSession(await makePerson("admin", null));
  await retainSince(admin, 30, SPAN);
});

async function asRole(role: "owner" | "app", sql: string): Promise<void> {
  const client = new Client({ connectionString: urlFor(role) });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

describe("the retention span", () => {
  test("an admin of all teams sets it, with an event; nobody else", async () => {
    expect(await refusalOf(setRetention(team.lead, { days: 40 }))).toBe("forbidden");
    expect(await refusalOf(setRetention(await makePerson("admin", team.id), { days: 40 }))).toBe("forbidden");
    await setRetention(admin, { days: SPAN });
    const { rows } = await pool().query("SELECT seq FROM events WHERE type = 'retention.changed'");
    expect(rows).toHaveLength(1);
  });

  test("the database itself takes no span of under 30 days, and none without its event", async () => {
    const set = (role: "app" | "owner", days: number) =>
      asRole(role, `UPDATE installations SET retention_days = ${days}`);
    await expect(set("app", 40)).rejects.toThrow("permission denied");
    await expect(set("owner", 1)).rejects.toThrow("retention_days");
    const { rows } = await pool().query("SELECT retention_days FROM installations");
    expect(rows).toEqual([{ retention_days: SPAN }]);
  });
});

describe("removal", () => {
  test("is refused: too early, not ended, under hold, twice, by somebody else, of nothing", async () => {
    const early = await endedRecord(team, 364);
    const open = await openRecord(team);
    const old = await endedRecord(team, 400);
    const remove = (actor: Actor, deploymentId: string) =>
      refusalOf(removeDeploymentContent(actor, { deploymentId }));
    expect(await remove(admin, early)).toBe("retention-not-over");
    expect(await remove(admin, open)).toBe("retention-not-over");
    expect(await remove(team.lead, old)).toBe("forbidden");
    expect(await remove(team.auditor, old)).toBe("forbidden");
    expect(await remove(admin, "11111111-1111-4111-8111-111111111111")).toBe("not-found");
    await setLegalHold(team.auditor, { deploymentId: old, reason: "A claim is pending" });
    expect(await remove(admin, old)).toBe("under-legal-hold");
    await liftLegalHold(await inSession(team.auditor), { deploymentId: old, reason: "The claim is settled" });
    expect(await remove(admin, old)).toBe("under-legal-hold");
    const free = await endedRecord(team, 400);
    expect(await remove(admin, free)).toBeNull();
    expect(await remove(admin, free)).toBe("content-removed");
    expect(await refusalOf(setLegalHold(team.auditor, { deploymentId: free, reason: "late" }))).toBe(
      "content-removed",
    );
  });

  test("by the clock takes what is over and nothing else", async () => {
    const [over, held, early] = [
      await endedRecord(team, 500),
      await endedRecord(team, 500),
      await endedRecord(team, 10),
    ];
    await setLegalHold(team.auditor, { deploymentId: held, reason: "A claim is pending" });
    await removeOverdueContent(CHECK_RUNNER);
    const { removed } = await verifyHistory();
    const streams = removed.map(({ stream }) => stream);
    expect(streams).toContain(over);
    expect(streams).not.toContain(held);
    expect(streams).not.toContain(early);
  });

  test("racing with a hold: one of the two, never both", { timeout: 120_000 }, async () => {
    for (let round = 0; round < 15; round += 1) {
      const id = await endedRecord(team, 400);
      const [held, removed] = await Promise.all([
        refusalOf(setLegalHold(team.auditor, { deploymentId: id, reason: "now" })),
        refusalOf(removeDeploymentContent(admin, { deploymentId: id })),
      ]);
      expect([
        [null, "under-legal-hold"],
        ["content-removed", null],
      ]).toContainEqual([held, removed]);
    }
    expect((await verifyHistory()).flaws).toEqual([]);
  });

  test("at once by several: once", async () => {
    const id = await endedRecord(team, 400);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => refusalOf(removeDeploymentContent(admin, { deploymentId: id }))),
    );
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set([null, "content-removed"]));
  });
});

describe("by hand", () => {
  let id: string;
  beforeAll(async () => {
    id = await endedRecord(team, 400);
  });
  const shell = `event_shell(stream_id, seq, type, at, actor_id, prev_hash, 1)`;
  const byHand: readonly (readonly ["owner" | "app", string])[] = [
    ["owner", `UPDATE events SET body = ${shell} WHERE stream_id = $1`],
    ["app", `UPDATE events SET body = ${shell} WHERE stream_id = $1`],
    ["owner", "DELETE FROM events WHERE stream_id = $1"],
    [
      "owner",
      `DO $do$ BEGIN UPDATE events SET body = ${shell}
/* PL/pgSQL function remove_deployment_content(uuid,text,text) line 1 at SQL statement
 */; END $do$ -- $1`,
    ],
    [
      "app",
      `INSERT INTO events (stream_id, seq, body, hash)
       SELECT '00000000-0000-4000-8000-000000000000', revision + 1, b, encode(sha256(convert_to(b, 'UTF8')), 'hex')
         FROM installations, LATERAL (SELECT jsonb_build_object('stream', id, 'seq', revision + 1, 'prev', head_hash, 'at', 'x',
           'type', 'retention.content-removed', 'actor', '{"id":"x"}'::jsonb, 'data', jsonb_build_object('deployment', $1::text))::text AS b) t`,
    ],
    ["app", "UPDATE deployments SET stone_seq = 1 WHERE id = $1"],
    ["app", "UPDATE deployments SET legal_hold_reason = NULL WHERE id = $1"],
    ["app", "SELECT remove_deployment_content($1::uuid, '{}', '')"],
  ];

  test.each(byHand)("as %s it is refused: %s", async (role, sql) => {
    await expect(asRole(role, sql.replaceAll("$1", `'${id}'`))).rejects.toThrow(
      /append-only|permission denied|by the removal that it tells of|tells of something else/,
    );
    expect((await verifyHistory()).flaws).toEqual([]);
  });
});
