import { beforeAll, expect, test } from "vitest";
import type { PersonInSession } from "#lib/auth/find-actor.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { pool } from "#lib/db/pool.ts";
import { claimKey, keepAnswer } from "#lib/services/idempotency.ts";
import { removeDeploymentContent } from "#lib/services/retention.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { chainState } from "#lib/queries/chain-state.ts";
import { getDeployment } from "#lib/queries/get-deployment.ts";
import { listDeploymentEvents } from "#lib/queries/list-events.ts";
import { inSession, makePerson, makeTeam, type Team } from "#test/support/factories.ts";
import { bundleOf, verdictOn } from "#test/support/verdicts.ts";
import { endedRecord, retainSince } from "#test/support/retention.ts";

let team: Team;
let admin: PersonInSession;

beforeAll(async () => {
  team = await makeTeam();
  admin = await inSession(await makePerson("admin", null));
  await retainSince(admin, 30, 365);
});

async function bodiesOf(id: string): Promise<readonly { body: string; hash: string }[]> {
  const { rows } = await pool().query<{ body: string; hash: string }>(
    "SELECT body, hash FROM events WHERE stream_id = $1 ORDER BY seq",
    [id],
  );
  return rows;
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

test("removal takes the content, keeps every hash, and leaves a stone; the history still verifies", async () => {
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
  const bundle = await bundleOf(team.lead, id);
  expect(bundle.includes("Nadia Haddad")).toBe(false);
  expect(verdictOn(bundle)).toMatchObject({
    verdict: "whole",
    head: before.at(-1)?.hash,
    removed: { seq: state.stone?.seq, events: before.length, policy: "by-hand", by: { name: admin.name } },
  });
  expect((await bundleOf(team.lead, id)).equals(bundle)).toBe(true);
});

test("removal takes what answers are kept of the record for repeats, and no other's", async () => {
  const [id, other] = [await endedRecord(team, 400), await endedRecord(team, 400)];
  const caller = `person:${team.lead.id}`;
  for (const [key, record] of Object.entries({ of: id, under: id, other, none: null })) {
    await claimKey({ caller, key, fingerprint: "f", record });
    const body = "Nadia Haddad asked for it";
    if (key !== "under") await keepAnswer({ caller, key }, { status: 200, headers: {}, body });
  }
  await removeDeploymentContent(admin, { deploymentId: id });
  const { rows } = await pool().query<{ key: string }>(
    "SELECT key FROM idempotent_requests WHERE caller = $1 ORDER BY key",
    [caller],
  );
  expect(rows.map(({ key }) => key)).toEqual(["none", "other"]);
});
