import { Client } from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import type { PersonInSession } from "#lib/auth/find-actor.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { pool } from "#lib/db/pool.ts";
import { verifyBundle } from "#lib/proof/verify-bundle.ts";
import { CHECK_RUNNER } from "#lib/services/check-runner.ts";
import { makeBundle } from "#lib/services/bundles.ts";
import { liftLegalHold, setLegalHold } from "#lib/services/legal-holds.ts";
import { removeDeploymentContent, removeOverdueContent, setRetention } from "#lib/services/retention.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { chainState } from "#lib/queries/chain-state.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { getDeployment } from "#lib/queries/get-deployment.ts";
import { listDeploymentEvents } from "#lib/queries/list-events.ts";
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

async function bodiesOf(id: string): Promise<readonly { body: string; hash: string }[]> {
  const { rows } = await pool().query<{ body: string; hash: string }>(
    "SELECT body, hash FROM events WHERE stream_id = $1 ORDER BY seq",
    [id],
  );
  return rows;
}

async function bundleOf(id: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await makeBundle(team.lead, id)).chunks) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function asRole(role: "owner" | "app", sql: string): Promise<void> {
  const client = new Client({ connectionString: urlFor(role) });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** What stands of a text anywhere in the records' rows; the installation's own history knows its people. */
async function mentions(text: string): Promise<number> {
  const tables = ["events", "evidence", "files", "deployments", "checklist_items", "phases"];
  let found = 0;
  for (const table of tables) {
    const { rows } = await pool().query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} t WHERE to_jsonb(t)::text LIKE $1
          AND to_jsonb(t) ->> 'stream_id' IS DISTINCT FROM $2`,
      [`%${text}%`, INSTALLATION_ID],
    );
    found += rows[0]?.count ?? 0;
  }
  return found;
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
  test("takes the content, keeps every hash, and leaves a stone; the history still verifies", async () => {
    const id = await endedRecord(team, 400);
    const before = await bodiesOf(id);
    expect(await mentions("Nadia Haddad asked")).toBeGreaterThan(1);
    await removeDeploymentContent(admin, { deploymentId: id });
    const after = await bodiesOf(id);
    expect(after.map(({ hash }) => hash)).toEqual(before.map(({ hash }) => hash));
    expect(await mentions("Nadia Haddad asked")).toBe(0);
    expect(await mentions(team.lead.name)).toBe(0);
    expect(after[0]?.body).toContain('"type":"deployment.opened"');
    const { flaws, removed } = await verifyHistory();
    expect(flaws).toEqual([]);
    expect(removed.map(({ stream }) => stream)).toContain(id);
    const state = await chainState(id);
    expect(state).toMatchObject({ flaw: null, events: before.length, stone: { policy: "by-hand" } });
    const { events } = await listDeploymentEvents(team.lead, id, { limit: 50 });
    expect(events[0]).toMatchObject({ removed: state.stone?.seq, type: "deployment.cancelled" });
    expect(await getDeployment(team.lead, id)).toMatchObject({ stoneSeq: state.stone?.seq });
    const bundle = await bundleOf(id);
    expect(bundle.includes("Nadia Haddad")).toBe(false);
    expect(
      verifyBundle((from, length) => bundle.subarray(from, from + length), bundle.length, null),
    ).toMatchObject({
      verdict: "whole",
      head: before.at(-1)?.hash,
      removed: { seq: state.stone?.seq, events: before.length, policy: "by-hand", by: { name: admin.name } },
    });
    expect((await bundleOf(id)).equals(bundle)).toBe(true);
  });

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

describe("verification finds", () => {
  const tampering: readonly (readonly [string, boolean, string])[] = [
    [
      "a removal without a stone",
      false,
      "UPDATE events SET body = event_shell(stream_id, seq, type, at, actor_id, prev_hash, 1) WHERE stream_id = $1",
    ],
    [
      "one event without its content",
      false,
      "UPDATE events SET body = event_shell(stream_id, seq, type, at, actor_id, prev_hash, 1) WHERE stream_id = $1 AND seq = 2",
    ],
    [
      "another time in what is left",
      true,
      `UPDATE events SET body = replace(body, '"at":"20', '"at":"19') WHERE stream_id = $1 AND seq = 2`,
    ],
    [
      "another hash at the end",
      true,
      "UPDATE events SET hash = repeat('a', 64) WHERE stream_id = $1 AND seq = 3",
    ],
    ["a shell fewer", true, "DELETE FROM events WHERE stream_id = $1 AND seq = 3"],
    ["content that came back", true, "INSERT INTO phases (deployment_id, key) VALUES ($1, 'pre-deployment')"],
    ["a record that denies its stone", true, "UPDATE deployments SET stone_seq = 1 WHERE id = $1"],
    [
      "a type in what is left, to hide a hold",
      true,
      "UPDATE events SET body = replace(body, 'evidence.added', 'item.checked') WHERE stream_id = $1",
    ],
  ];

  test.each(tampering)("%s", async (_title, afterRemoval, sql) => {
    const id = await endedRecord(team, 400);
    if (afterRemoval) await removeDeploymentContent(admin, { deploymentId: id });
    expect(await flawsOf(id)).toEqual([]);
    const client = new Client({ connectionString: urlFor("superuser") });
    await client.connect();
    await client.query(
      "SET session_replication_role = replica; ALTER TABLE events DISABLE TRIGGER ALL; ALTER TABLE deployments DISABLE TRIGGER ALL",
    );
    await client.query(sql, [id]);
    await client.query("ALTER TABLE events ENABLE ALWAYS TRIGGER events_append_only");
    await client.end();
    expect(await flawsOf(id)).toHaveLength(1);
    expect((await chainState(id)).flaw).not.toBeNull();
  });

  // Each leaves its record broken, so nothing after this asks for a whole history.
  async function flawsOf(id: string): Promise<readonly string[]> {
    const { flaws, removed } = await verifyHistory();
    const found = flaws.filter(({ stream }) => stream === id).map(({ message }) => message);
    expect(removed.some(({ stream }) => stream === id) && found.length > 0).toBe(false);
    return found;
  }
});
