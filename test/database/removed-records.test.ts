import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { now } from "#lib/clock.ts";
import type { EventActor } from "#lib/domain/actor.ts";
import type { StoneData } from "#lib/domain/stones.ts";
import { DAY, HOUR, laterBy } from "#lib/domain/time.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { chain } from "#lib/db/event-chain.ts";
import { KEPT } from "#lib/db/kept-row.ts";
import { pool } from "#lib/db/pool.ts";
import { shellOf } from "#lib/db/stones.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { shellsDigest } from "#lib/proof/shell-flaw.ts";
import { CHECK_RUNNER } from "#lib/services/check-runner.ts";
import { liftLegalHold, setLegalHold } from "#lib/services/legal-holds.ts";
import { recordLook } from "#lib/services/looks.ts";
import { removeDeploymentContent, removeOverdueContent } from "#lib/services/retention.ts";
import { chainState } from "#lib/queries/chain-state.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { retentionState } from "#lib/queries/retention-state.ts";
import { moveClock, urlFor } from "#test/support/database.ts";
import { inSession, makePerson, makeTeam, refusalOf, type Team } from "#test/support/factories.ts";
import { endedRecord, retainSince } from "#test/support/retention.ts";

let team: Team;
let admin: Awaited<ReturnType<typeof makePerson>>;
let superuser: Client;

beforeAll(async () => {
  team = await makeTeam();
  admin = await makePerson("admin", null);
  await retainSince(admin, 30, 365);
  superuser = new Client({ connectionString: urlFor("superuser") });
  await superuser.connect();
  await superuser.query("SET session_replication_role = replica");
});

afterAll(async () => superuser.end());

const flawsOf = async (deploymentId: string) =>
  (await verifyHistory({ scope: { kind: "deployment", deploymentId } })).flaws.map(({ message }) => message);

type Told = { readonly at: string; readonly actor: EventActor; readonly data: Partial<StoneData> };

/** Calls the database's function as the app's own role does, with a stone of one's choice. */
async function removeAs(id: string, told: (stone: StoneData) => Partial<Told>): Promise<void> {
  const { rows: heads } = await pool().query<{ seq: number; hash: string }>(
    "SELECT revision + 1 AS seq, head_hash AS hash FROM installations",
  );
  const { rows: events } = await pool().query<{
    seq: number;
    type: string;
    at: string;
    actorId: string;
    prev: string | null;
  }>(
    `SELECT seq, type, at, actor_id AS "actorId", prev_hash AS prev FROM events WHERE stream_id = $1 ORDER BY seq`,
    [id],
  );
  const { rows: records } = await pool().query<
    Pick<StoneData, "service" | "version" | "headHash" | "events" | "kept">
  >(
    `SELECT service_name AS service, version, head_hash AS "headHash", revision AS events, ${KEPT} AS kept
       FROM deployments d WHERE id = $1`,
    [id],
  );
  const [head, record] = [heads[0], records[0]];
  if (head === undefined || record === undefined) throw new Error("nothing to remove");
  const data: StoneData = {
    ...record,
    deployment: id,
    endedAt: events.at(-1)?.at ?? "",
    shells: shellsDigest(events.map((event) => shellOf({ ...event, stream: id, removed: head.seq }))),
    retentionDays: 365,
    policy: "by-hand",
  };
  const { at = now(), actor = { kind: "person", id: admin.id, name: admin.name }, data: more } = told(data);
  const stone = { seq: head.seq, at, actor, type: "retention.content-removed", data: { ...data, ...more } };
  const [made] = chain(INSTALLATION_ID, head.hash, [stone]);
  await pool().query("SELECT remove_deployment_content($1::uuid, $2, $3)", [id, made?.body, made?.hash]);
}

describe("the app's own role sets no stone that tells of", () => {
  const lies: Readonly<Record<string, () => Partial<Told>>> = {
    "another service": () => ({ data: { service: "something-else" } }),
    "another version": () => ({ data: { version: "9.9.9" } }),
    "another end": () => ({ data: { endedAt: "2020-01-01T00:00:00.000Z" } }),
    "another span": () => ({ data: { retentionDays: 30 } }),
    "another row": () => ({ data: { kept: "0".repeat(64) } }),
    "no row": () => ({ data: { kept: undefined } }),
    "a time to come": () => ({ at: laterBy(now(), HOUR) }),
    "a time long ago": () => ({ at: laterBy(now(), -HOUR) }),
    "somebody who is no admin": () => ({
      actor: { kind: "person", id: team.security.id, name: team.security.name },
    }),
    "an admin by another name": () => ({ actor: { kind: "person", id: admin.id, name: "Somebody" } }),
    "the clock, by a person": () => ({ data: { policy: "by-the-clock" } }),
  };

  test.each(Object.entries(lies))("%s", async (_what, told) => {
    await expect(removeAs(await endedRecord(team, 400), told)).rejects.toThrow(/^the stone tells of/);
  });

  test("what is so: that one it may", async () => {
    const id = await endedRecord(team, 400);
    await removeAs(id, () => ({}));
    expect(await flawsOf(id)).toEqual([]);
  });
});

test("whoever looks at one whose content was removed leaves nothing with it", async () => {
  const id = await endedRecord(team, 400);
  await removeDeploymentContent(await inSession(admin), { deploymentId: id });
  await recordLook(team.lead, { deploymentId: id, seq: 3 });
  const { rows } = await pool().query("SELECT FROM looks WHERE deployment_id = $1", [id]);
  expect(rows).toEqual([]);
  expect(await flawsOf(id)).toEqual([]);
});

test("a record whose row tells something else than its history keeps its content", async () => {
  const id = await endedRecord(team, 400);
  await pool().query("UPDATE deployments SET version = '9.9.9' WHERE id = $1", [id]);
  expect(await refusalOf(removeDeploymentContent(await inSession(admin), { deploymentId: id }))).toBe(
    "conflict",
  );
  await removeOverdueContent(CHECK_RUNNER);
  expect(await flawsOf(id)).toEqual(["its details differ from what its history tells"]);
});

describe("what stays of a record", () => {
  let id: string;
  beforeAll(async () => {
    id = await endedRecord(team, 400);
    await removeDeploymentContent(await inSession(admin), { deploymentId: id });
    await superuser.query("ALTER TABLE deployments DISABLE TRIGGER ALL");
    const { rows } = await superuser.query<{ name: string }>(
      "SELECT conname AS name FROM pg_constraint WHERE conrelid = 'deployments'::regclass AND contype = 'c'",
    );
    for (const { name } of rows) await superuser.query(`ALTER TABLE deployments DROP CONSTRAINT ${name}`);
  });

  test("is nobody's to change", async () => {
    await superuser.query("ALTER TABLE deployments ENABLE ALWAYS TRIGGER deployments_stay_after_removal");
    const change = pool().query("UPDATE deployments SET environment = 'staging' WHERE id = $1", [id]);
    await expect(change).rejects.toThrow("its row stays as it is");
    await superuser.query("ALTER TABLE deployments DISABLE TRIGGER deployments_stay_after_removal");
  });

  const CHANGES: readonly (readonly [column: string, value: string])[] = [
    ["service_name", "'other'"],
    ["version", "'7.7.7'"],
    ["commit", "'badc0de'"],
    ["environment", "'staging'"],
    ["deployment_at", "now()"],
    ["deployed_by_id", "gen_random_uuid()"],
    ["opened_at", "now()"],
    ["opened_by_name", "'Somebody'"],
    ["checklist", "'{}'"],
    ["t0_at", "now()"],
    ["rollback_at", "now()"],
    ["ended_at", "now()"],
    ["ended_reason", "'It worked'"],
    ["outcome", "'completed'"],
    ["status", "'completed'"],
    ["summary", "'{}'"],
    ["last_event_at", "now()"],
    ["links", `'[{"title":"Plan","url":"https://x.example/"}]'`],
    ["legal_hold_at", "now()"],
    ["stone_seq", "stone_seq + 1"],
  ];
  test.each(CHANGES)("shows when whoever owns the table changes it: %s", async (column, value) => {
    await superuser.query("BEGIN");
    const { rows } = await superuser.query(`SELECT ${column} AS value FROM deployments WHERE id = $1`, [id]);
    await superuser.query(`UPDATE deployments SET ${column} = ${value} WHERE id = $1`, [id]);
    await superuser.query("COMMIT");
    const found = await flawsOf(id);
    const was = rows[0]?.value;
    const back =
      typeof was === "object" && !(was instanceof Date) && was !== null ? JSON.stringify(was) : was;
    await superuser.query(`UPDATE deployments SET ${column} = $2 WHERE id = $1`, [id, back]);
    expect(found).toHaveLength(1);
    expect(await flawsOf(id)).toEqual([]);
  });
});

describe("nothing goes at once", () => {
  const gone = async (id: string) => {
    await removeOverdueContent(CHECK_RUNNER);
    const { rows } = await pool().query<{ gone: boolean }>(
      "SELECT stone_seq IS NOT NULL AS gone FROM deployments WHERE id = $1",
      [id],
    );
    return rows[0]?.gone;
  };
  const due = async (id: string) => {
    const state = await retentionState(admin);
    return state.due.some((record) => record.id === id);
  };

  test("by a shorter span: it counts a week later, and nobody sees it due before", async () => {
    const id = await endedRecord(team, 100);
    await retainSince(admin, 6.9, 30);
    expect([await due(id), await gone(id)]).toEqual([false, false]);
    expect(await refusalOf(removeDeploymentContent(await inSession(admin), { deploymentId: id }))).toBe(
      "retention-not-over",
    );
    await retainSince(admin, 0, 365);
    expect(await gone(id)).toBe(false);
  });

  test("by a lifted hold: it counts a week later", async () => {
    const [lately, before] = [await endedRecord(team, 400), await endedRecord(team, 400)];
    for (const [id, days] of [
      [lately, 6.9],
      [before, 7.1],
    ] as const) {
      moveClock(-days * DAY);
      await setLegalHold(team.auditor, { deploymentId: id, reason: "A claim" });
      await liftLegalHold(await inSession(team.auditor), { deploymentId: id, reason: "Settled" });
      moveClock(0);
    }
    expect([await due(lately), await gone(lately)]).toEqual([false, false]);
    expect(await refusalOf(removeDeploymentContent(await inSession(admin), { deploymentId: lately }))).toBe(
      "under-legal-hold",
    );
    expect([await gone(before), await flawsOf(before)]).toEqual([true, []]);
  });
});

// Last: the installation's history is broken afterwards.
test("an event of retention that tells nothing is named where it stands, and hides no removal", async () => {
  const id = await endedRecord(team, 400);
  await removeDeploymentContent(await inSession(admin), { deploymentId: id });
  const { rows: heads } = await pool().query<{ seq: number; hash: string }>(
    "SELECT revision + 1 AS seq, head_hash AS hash FROM installations",
  );
  const [head] = heads;
  const actor: EventActor = { kind: "person", id: admin.id, name: admin.name };
  const entry = { seq: head?.seq ?? 0, at: now(), actor, type: "retention.changed" };
  const body = canonicalText({ format: 1, stream: INSTALLATION_ID, prev: head?.hash ?? null, ...entry });
  const made = { seq: entry.seq, body, hash: sha256(body) };
  await pool().query("INSERT INTO events (stream_id, seq, body, hash) VALUES ($1, $2, $3, $4)", [
    INSTALLATION_ID,
    made.seq,
    made.body,
    made.hash,
  ]);
  await pool().query("UPDATE installations SET revision = $1, head_hash = $2", [made.seq, made.hash]);
  const { flaws, removed } = await verifyHistory();
  expect(flaws.filter(({ stream }) => stream === INSTALLATION_ID)).toEqual([
    { stream: INSTALLATION_ID, seq: made.seq, message: "its text is not that of an event" },
  ]);
  expect(removed.map(({ stream }) => stream)).toContain(id);
  expect(await chainState(id)).toMatchObject({ flaw: null, stone: { deployment: id } });
  await expect(retentionState(admin)).resolves.toMatchObject({ days: null });
});
