import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/domain/actor.ts";
import { changeDetailsInput } from "#lib/domain/inputs/deployments.ts";
import { allGateBlockers } from "#lib/domain/gates.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { breakGlassDigest } from "#lib/db/break-glass-digest.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { now } from "#lib/clock.ts";
import { confirmBreakGlass, requestBreakGlass } from "#lib/services/break-glass.ts";
import { changeDetails } from "#lib/services/deployments.ts";
import { createFreeze, endFreeze, liftFreeze } from "#lib/services/freezes.ts";
import { askGate } from "#lib/services/gates.ts";
import { startPhase } from "#lib/services/phases.ts";
import { revokeRole } from "#lib/services/roles.ts";
import { cancelDeployment } from "#lib/services/rollback.ts";
import { createToken, revokeToken } from "#lib/services/tokens.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { getDeployment } from "#lib/queries/get-deployment.ts";
import { listFreezes } from "#lib/queries/list-freezes.ts";
import { moveClock, urlFor } from "#test/support/database.ts";
import {
  emailOf,
  eventTypes,
  inSession,
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  refusalOf,
  signAll,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { inputRefusals } from "#test/support/input-refusals.ts";

let team: Team;
let secondLead: Actor & { kind: "person" };
let admin: Actor & { kind: "person" };

beforeAll(async () => {
  team = await makeTeam();
  secondLead = await makePerson("team-lead", team.id);
  admin = await makePerson("admin", null);
});

// Each test has an environment of its own, so that no window reaches another's records.
const anEnvironment = () => `env-${randomUUID().slice(0, 8)}`;
const window = (environment: string | null, fromHours = -1, toHours = 2) => ({
  team: team.name,
  environment,
  startsAt: laterBy(now(), fromHours * HOUR),
  endsAt: laterBy(now(), toHours * HOUR),
  reason: "Holidays",
});

async function readyRecord(environment: string): Promise<string> {
  const id = await openRecord(team, { environment });
  await toSignOff(team, id);
  await signAll(team, id);
  return id;
}

const start = async (id: string) => startPhase(team.engineer, { deploymentId: id, phase: "deployment" });
const gateCodes = async (id: string) =>
  (await askGate(team.engineer, { deploymentId: id, phase: "deployment" })).blockers.map(({ code }) => code);

async function installationEvents(freeze: string): Promise<readonly string[]> {
  const { rows } = await pool().query<{ type: string }>(
    "SELECT type FROM events WHERE body::jsonb #>> '{data,freeze}' = $1 AND type <> 'freeze.lifted' ORDER BY seq",
    [freeze],
  );
  return rows.map(({ type }) => type);
}

describe("a window", () => {
  test("closes the gate and refuses T-0, until it is ended", async () => {
    const environment = anEnvironment();
    const id = await readyRecord(environment);
    const freezeId = await createFreeze(team.lead, window(environment));
    expect(await gateCodes(id)).toEqual(["freeze-window"]);
    expect(await refusalOf(start(id))).toBe("gate-closed");
    const view = await getDeployment(team.engineer, id);
    expect(view.blockers.map(({ freeze }) => freeze)).toEqual([freezeId]);
    expect(view.freezes).toMatchObject([{ id: freezeId, standing: true, lifted: null }]);
    await endFreeze(secondLead, { freezeId });
    expect(await gateCodes(id)).toEqual([]);
    await start(id);
    expect(await installationEvents(freezeId)).toEqual(["freeze.created", "freeze.ended"]);
  });

  test("ends by itself", async () => {
    const environment = anEnvironment();
    const id = await readyRecord(environment);
    await createFreeze(team.lead, window(environment));
    try {
      moveClock(3 * HOUR);
      expect((await load(id)).t0At).toBeNull();
      expect(await gateCodes(id)).not.toContain("freeze-window");
    } finally {
      moveClock(0);
    }
  });

  test("is of its environment, in whatever letters, and of its team", async () => {
    const environment = anEnvironment();
    const [same, other] = [await readyRecord(environment.toUpperCase()), await readyRecord(anEnvironment())];
    await createFreeze(team.lead, window(environment));
    expect(await gateCodes(same)).toEqual(["freeze-window"]);
    expect(await gateCodes(other)).toEqual([]);
    const others = await makeTeam();
    const theirs = await openRecord(others, { environment });
    expect((await getDeployment(others.engineer, theirs)).freezes).toEqual([]);
    expect(await listFreezes(others.engineer, { environment })).toEqual([]);
    expect(await listFreezes(team.auditor, { environment })).toMatchObject([{ state: "standing" }]);
  });

  test("holds for whatever looks like its environment", async () => {
    const environment = anEnvironment();
    const wide = environment.replace("env", "ＥＮＶ");
    await createFreeze(team.lead, window(environment));
    expect(await gateCodes(await readyRecord(wide))).toEqual(["freeze-window"]);
    const unseen = { deploymentId: await openRecord(team), environment: `${environment}\u200B` };
    expect(inputRefusals(changeDetailsInput, unseen)).toHaveProperty("environment");
  });

  test("of every team is an admin's of all teams, and everybody sees it", async () => {
    const everywhere = { ...window(anEnvironment()), team: null };
    expect(await refusalOf(createFreeze(team.lead, everywhere))).toBe("forbidden");
    const freezeId = await createFreeze(admin, everywhere);
    const { environment } = everywhere;
    expect(await listFreezes(team.engineer, { environment: environment ?? "" })).toMatchObject([
      { id: freezeId, team: null, end: { allowed: false } },
    ]);
    expect(await refusalOf(endFreeze(team.lead, { freezeId }))).toBe("forbidden");
    await endFreeze(admin, { freezeId });
  });

  test("is made and ended by lead and admin alone, for their own team, in days to come", async () => {
    const input = window(anEnvironment());
    for (const actor of [team.engineer, team.sre, team.auditor])
      expect(await refusalOf(createFreeze(actor, input))).toBe("forbidden");
    const others = await makeTeam();
    expect(await refusalOf(createFreeze(others.lead, input))).toBe("invalid-input");
    expect(await refusalOf(createFreeze(team.lead, window(null, -3, -1)))).toBe("invalid-input");
    expect(await refusalOf(createFreeze(team.lead, window(null, 0, 24 * 400)))).toBe("invalid-input");
    const freezeId = await createFreeze(team.lead, input);
    expect(await refusalOf(endFreeze(others.lead, { freezeId }))).toBe("not-found");
    expect(await refusalOf(endFreeze(team.engineer, { freezeId }))).toBe("forbidden");
    expect(await installationEvents(freezeId)).toEqual(["freeze.created"]);
  });

  test("made or ended twice at once leaves one event", async () => {
    const id = randomUUID();
    const input = window(anEnvironment());
    await Promise.all([createFreeze(team.lead, input, id), createFreeze(team.lead, input, id)]);
    await Promise.all([endFreeze(team.lead, { freezeId: id }), endFreeze(team.lead, { freezeId: id })]);
    expect(await installationEvents(id)).toEqual(["freeze.created", "freeze.ended"]);
  });

  test("is ended by nobody who opened or deploys a record that it stops, and by no token", async () => {
    const environment = anEnvironment();
    const id = await openRecord(team, { environment: environment.toUpperCase() });
    const freezeId = await createFreeze(admin, window(environment));
    const end = async (actor: Actor) => refusalOf(endFreeze(actor, { freezeId }));
    expect(await end(team.lead)).toBe("separation-of-duties");
    const [shown] = await listFreezes(team.lead, { environment });
    expect(shown?.end).toMatchObject({ allowed: false });
    const token = { id: randomUUID(), name: "CI", scopes: ["write" as const] };
    expect(await end({ ...secondLead, kind: "token", token })).toBe("forbidden");
    expect(await installationEvents(freezeId)).toEqual(["freeze.created"]);
    // Nor by whoever takes theirs out of the way, and would open it once more.
    await cancelDeployment(team.lead, { deploymentId: id, reason: "Another day" });
    expect(await end(team.lead)).toBe("separation-of-duties");
    expect((await listFreezes(team.lead, { environment }))[0]?.end).toMatchObject({ allowed: false });
    expect(await end(secondLead)).toBeNull();
  });

  test("is ended by nobody who moved their record elsewhere for a moment", async () => {
    const environment = anEnvironment();
    const another = await makePerson("team-lead", team.id);
    const mine = await openRecord(team, { environment });
    const former = await openRecord({ ...team, lead: another });
    const ended = await openRecord({ ...team, lead: another }, { environment });
    await cancelDeployment(another, { deploymentId: ended, reason: "Another day" });
    await changeDetails(team.lead, { deploymentId: former, environment });
    await changeDetails(team.lead, { deploymentId: former, environment: anEnvironment() });
    const freezeId = await createFreeze(admin, window(environment));
    const end = async (actor: Actor) => refusalOf(endFreeze(actor, { freezeId }));
    await changeDetails(team.lead, { deploymentId: mine, deployedBy: await emailOf(secondLead) });
    await changeDetails(secondLead, { deploymentId: mine, environment: anEnvironment() });
    await changeDetails(secondLead, { deploymentId: mine, deployedBy: await emailOf(team.engineer) });
    for (const bound of [team.lead, secondLead]) {
      expect(await end(bound)).toBe("separation-of-duties");
      const [shown] = await listFreezes(bound, { environment });
      expect(shown?.end).toMatchObject({ allowed: false });
    }
    // One that was elsewhere, or had ended, before the window was made binds nobody.
    expect(await end(another)).toBeNull();
    expect((await listFreezes(team.lead, { environment }))[0]?.state).toBe("ended");
  });

  test("is made by no token that was revoked in that moment", async () => {
    const lead = await inSession(secondLead);
    await createToken(lead, { name: "CI", scopes: ["write"], days: 1 });
    const { id } = await prisma().apiToken.findFirstOrThrow({ where: { userId: lead.id } });
    const token = { id, name: "CI", scopes: ["write" as const] };
    const pipeline: Actor = { ...secondLead, kind: "token", token };
    await createFreeze(pipeline, window(anEnvironment()));
    await revokeToken(lead, { tokenId: id });
    expect(await refusalOf(createFreeze(pipeline, window(anEnvironment())))).toBe("forbidden");
  });

  test("is refused to a lead who ceased to be one in that moment", async () => {
    const former = await makePerson("team-lead", team.id);
    await revokeRole(await inSession(admin), { personId: former.id, role: "team-lead", teamId: team.id });
    expect(await refusalOf(createFreeze(former, window(anEnvironment())))).toBe("forbidden");
  });
});

describe("a lift", () => {
  test("lets one record through, and no other", async () => {
    const environment = anEnvironment();
    const [lifted, other] = [await readyRecord(environment), await readyRecord(environment)];
    const freezeId = await createFreeze(team.lead, window(environment));
    const lift = (actor: Actor) => liftFreeze(actor, { deploymentId: lifted, freezeId, reason: "A fix." });
    expect(await refusalOf(lift(team.lead))).toBe("separation-of-duties");
    await lift(secondLead);
    expect(await gateCodes(other)).toEqual(["freeze-window"]);
    expect((await getDeployment(team.lead, lifted)).freezes[0]?.lifted).toMatchObject({ reason: "A fix." });
    await start(lifted);
    expect(await refusalOf(start(other))).toBe("gate-closed");
    expect(await eventTypes(lifted)).toContain("freeze.lifted");
  });

  test("goes beside break glass, which opens the gate against the window too", async () => {
    const environment = anEnvironment();
    const id = await readyRecord(environment);
    await createFreeze(team.lead, window(environment));
    const glass = { deploymentId: id, phase: "deployment" };
    await requestBreakGlass(team.lead, { ...glass, reason: "The site is down." });
    const loaded = await loadDeployment(id);
    const record = await load(id);
    const blockers = allGateBlockers(record, "deployment", now(), loaded?.freezes ?? []);
    await confirmBreakGlass(team.sre, {
      deploymentId: id,
      request: record.breakGlass.at(-1)?.request ?? 0,
      role: "devops-sre",
      digest: breakGlassDigest(record, "deployment", blockers),
      proof: { kind: "password", password: PASSWORD },
    });
    await start(id);
    expect((await load(id)).breakGlass[0]?.used?.overridden).toMatchObject([{ code: "freeze-window" }]);
  });
});

describe("at the same moment", () => {
  test("a window and a beginning have one order: whatever begins after the window was made is refused", async () => {
    for (let round = 0; round < 4; round += 1) {
      const environment = anEnvironment();
      const id = await readyRecord(environment);
      const [begun] = await Promise.all([refusalOf(start(id)), createFreeze(team.lead, window(environment))]);
      expect([null, "gate-closed"]).toContain(begun);
      // Nothing begins after it in either case.
      expect((await load(id)).t0At === null).toBe(begun !== null);
    }
  });

  test("the database refuses a beginning that was decided before a window came", async () => {
    const environment = anEnvironment();
    const id = await readyRecord(environment);
    await createFreeze(team.lead, window(environment));
    const app = new Client({ connectionString: urlFor("app") });
    await app.connect();
    const write = app.query("UPDATE deployments SET t0_at = $2 WHERE id = $1", [id, now()]);
    await expect(write).rejects.toMatchObject({ constraint: "deployments_not_in_freeze" });
    await app.end();
  });

  test("a beginning waits for a window that is being made, and sees it", async () => {
    const environment = anEnvironment();
    const id = await readyRecord(environment);
    const { team: _name, ...span } = window(environment);
    const row = { id: randomUUID(), teamId: team.id, ...span };
    const begun = await changeInstallation(team.lead, async (tx, at) => {
      const by = { createdById: team.lead.id, createdByName: team.lead.name };
      await tx.freezeWindow.create({ data: { ...row, createdAt: at, ...by } });
      const waiting = refusalOf(start(id));
      // It is decided on a record without a window, and stands at the database's door.
      await expect.poll(waitsForFreeze).toBe(true);
      const data = { freeze: row.id, team: team.id, teamName: team.name, ...span };
      return { result: { waiting }, events: [{ type: "freeze.created", data }] };
    });
    expect(await begun.waiting).toBe("gate-closed");
  });
});

async function waitsForFreeze(): Promise<boolean> {
  const { rows } = await pool().query<{ waiting: boolean }>(
    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted) AS waiting",
  );
  return rows[0]?.waiting === true;
}

test("the app's role rewrites no window and no lift", async () => {
  const app = new Client({ connectionString: urlFor("app") });
  await app.connect();
  const freezeId = await createFreeze(team.lead, window(anEnvironment()));
  for (const change of [
    "UPDATE freeze_windows SET ends_at = now()",
    "DELETE FROM freeze_windows",
    "UPDATE freeze_lifts SET reason = 'x'",
    "DELETE FROM freeze_lifts",
  ])
    await expect(app.query(change)).rejects.toMatchObject({ code: "42501" });
  await endFreeze(team.lead, { freezeId });
  const again = app.query("UPDATE freeze_windows SET ended_by_name = 'x' WHERE id = $1", [freezeId]);
  await expect(again).rejects.toMatchObject({ code: "23001" });
  await app.end();
});

test("the history of all this verifies", async () => {
  expect((await verifyHistory()).flaws).toEqual([]);
});
