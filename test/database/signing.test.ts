import { beforeAll, describe, expect, test } from "vitest";
import { Client } from "pg";
import type { Actor } from "#lib/domain/actor.ts";
import { DAY } from "#lib/domain/time.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { countAwaiting } from "#lib/queries/list-deployments.ts";
import { grantApproval } from "#lib/services/approvals.ts";
import { createDelegation, revokeDelegation } from "#lib/services/delegations.ts";
import { disablePerson } from "#lib/services/people.ts";
import { revokeRole } from "#lib/services/roles.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { urlFor } from "#test/support/database.ts";
import {
  inSession,
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  refusalOf,
  sign,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";

const RACERS = 50;
type Person = Team["lead"];

let team: Team;
let admin: Person;
let security: readonly Person[];

beforeAll(async () => {
  team = await makeTeam();
  admin = await makePerson("admin", null);
  security = await Promise.all(Array.from({ length: RACERS }, () => makePerson("security", team.id)));
});

/** Two of Security together with DevOps/SRE, then Product. */
async function openWithQuorum(): Promise<string> {
  const id = await openRecord(team, {
    approvals: [
      { role: "security", quorum: 2 },
      { role: "devops-sre", withPrevious: true },
      { role: "product" },
    ],
  });
  await toSignOff(team, id);
  return id;
}

async function delegate(from: Person, to: Person, days = 1): Promise<string> {
  const [grant] = from.grants;
  if (grant === undefined) throw new Error("no role to delegate");
  return createDelegation(await inSession(from), {
    role: grant.role === "devops-sre" ? "devops-sre" : "security",
    teamId: team.id,
    toId: to.id,
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + days * DAY).toISOString(),
  });
}

async function signFor(id: string, signer: Actor, delegation: string): Promise<void> {
  const digest = contentDigest(await load(id));
  await grantApproval(signer, {
    deploymentId: id,
    role: "security",
    delegation,
    digest,
    proof: { kind: "password", password: PASSWORD },
    comment: null,
  });
}

const installationEvents = async () =>
  (
    await pool().query<{ type: string }>(
      "SELECT type FROM events WHERE stream_id = '00000000-0000-4000-8000-000000000000' ORDER BY seq DESC LIMIT 3",
    )
  ).rows.map(({ type }) => type);

describe("quorum", () => {
  test("fifty at once for the last place: exactly the quorum succeeds", async () => {
    const id = await openWithQuorum();
    const refusals = await Promise.all(security.map((person) => refusalOf(sign(id, person, "security"))));
    expect(refusals.filter((code) => code === null)).toHaveLength(2);
    expect(new Set(refusals.filter((code) => code !== null))).toEqual(new Set(["already-signed"]));
    const { rows } = await pool().query("SELECT awaited_roles FROM deployments WHERE id = $1", [id]);
    expect(rows).toEqual([{ awaited_roles: ["devops-sre"] }]);
    expect((await verifyHistory()).flaws).toEqual([]);
  }, 60_000);

  test("the inbox counts whoever may still sign, and nobody who has", async () => {
    const own = await makeTeam();
    const other = await makePerson("security", own.id);
    const id = await openRecord(own, { approvals: [{ role: "security", quorum: 2 }] });
    await toSignOff(own, id);
    expect([
      await countAwaiting(own.security),
      await countAwaiting(other),
      await countAwaiting(own.sre),
    ]).toEqual([1, 1, 0]);
    await sign(id, own.security, "security");
    expect([await countAwaiting(own.security), await countAwaiting(other)]).toEqual([0, 1]);
  });
});

describe("delegation", () => {
  test("a stand-in signs for the approver, until it is revoked", async () => {
    const [from, to, other] = [await makePerson("security", team.id), team.engineer2, team.auditor];
    const id = await openWithQuorum();
    const before = await countAwaiting(to);
    const delegation = await delegate(from, to);
    expect((await installationEvents())[0]).toBe("delegation.created");
    expect(await countAwaiting(to)).toBeGreaterThan(before);
    expect(await refusalOf(signFor(id, other, delegation))).toBe("delegation-ended");
    await signFor(id, to, delegation);
    expect((await load(id)).approvals[0]).toMatchObject({
      meaning: `I approve this deployment as Security for ${from.name}.`,
      standsInFor: { id: from.id, delegation },
    });
    expect(await refusalOf(sign(id, from, "security")), "one voice").toBe("already-signed");
    await revokeDelegation(from, { delegationId: delegation });
    await revokeDelegation(from, { delegationId: delegation });
    expect((await installationEvents()).filter((type) => type === "delegation.revoked")).toHaveLength(1);
    const next = await openWithQuorum();
    expect(await refusalOf(signFor(next, to, delegation))).toBe("delegation-ended");
    expect((await verifyHistory()).flaws).toEqual([]);
  });

  test("ends with the role, and with either account", async () => {
    const endsWith = async (end: (from: Person, to: Person) => Promise<void>) => {
      const [from, to] = [await makePerson("security", team.id), await makePerson("engineer", team.id)];
      const delegation = await delegate(from, to);
      await end(from, to);
      expect((await installationEvents())[0]).toBe("delegation.revoked");
      return (await prisma().delegation.findUniqueOrThrow({ where: { id: delegation } })).endCause;
    };
    expect(
      await endsWith((from) => revokeRole(admin, { personId: from.id, role: "security", teamId: team.id })),
    ).toBe("role-lost");
    expect(await endsWith((from) => disablePerson(admin, { personId: from.id }))).toBe("account-closed");
    expect(await endsWith((_from, to) => disablePerson(admin, { personId: to.id }))).toBe("account-closed");
  });

  test("nobody delegates what they do not hold, what was delegated to them, or to whom may not", async () => {
    const [from, to] = [await makePerson("security", team.id), await makePerson("engineer", team.id)];
    await delegate(from, to);
    const chained = { ...to, grants: [{ role: "security" as const, teamId: team.id }] };
    expect(await refusalOf(delegate(chained, team.engineer)), "no chains").toBe("forbidden");
    expect(await refusalOf(delegate(from, from))).toBe("invalid-input");
    expect(await refusalOf(delegate(from, team.auditor)), "an auditor changes nothing").toBe("invalid-input");
    expect(await refusalOf(delegate(from, team.engineer)), "two for the same days").toBe("invalid-input");
    expect(await refusalOf(delegate(security[0] ?? from, team.engineer, 200)), "too long").toBe(
      "invalid-input",
    );
    const [mine] = await prisma().delegation.findMany({ where: { fromId: from.id } });
    expect(await refusalOf(revokeDelegation(to, { delegationId: mine?.id ?? "" }))).toBe("not-found");
  });

  test("twice at once names one stand-in", async () => {
    const from = await makePerson("security", team.id);
    const refusals = await Promise.all([
      refusalOf(delegate(from, team.engineer2)),
      refusalOf(delegate(from, team.engineer2)),
    ]);
    expect(new Set(refusals)).toEqual(new Set(["invalid-input", null]));
  });

  test("an end at the same moment: signed before it, or not at all", async () => {
    for (let round = 0; round < 8; round += 1) {
      const [from, to] = [await makePerson("security", team.id), await makePerson("engineer", team.id)];
      const id = await openWithQuorum();
      const delegation = await delegate(from, to);
      const [code] = await Promise.all([
        refusalOf(signFor(id, to, delegation)),
        revokeDelegation(from, { delegationId: delegation }),
      ]);
      expect([null, "delegation-ended"]).toContain(code);
      expect((await load(id)).approvals).toHaveLength(code === null ? 1 : 0);
    }
  }, 60_000);
});

// Last, since what it leaves in the tables has no history.
test("raw statements of the app's own role are held to the same rule at once", async () => {
  const id = await openWithQuorum();
  const insert = async (person: Person, role = "security") => {
    const client = new Client({ connectionString: urlFor("app") });
    await client.connect();
    try {
      await client.query(
        `INSERT INTO approvals (deployment_id, round, role, seq, decision, signed_at, signed_by_id, signed_by_name,
           meaning, digest, proof, may_hold_several_roles)
         VALUES ($1, 1, $3, 900, 'approved', now(), $2, 'X', 'm', $4, 'password', false)`,
        [id, person.id, role, "0".repeat(64)],
      );
      return "ok";
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      await client.end();
    }
  };
  expect(await insert(team.product, "product")).toBe("roles sign in the order of the sign-off");
  expect(await insert(team.sre, "security")).toBe("only a holder of the role signs, or their stand-in");
  const answers = await Promise.all(security.slice(0, 12).map((person) => insert(person)));
  expect(answers.filter((answer) => answer === "ok")).toHaveLength(2);
  expect(new Set(answers.filter((answer) => answer !== "ok"))).toEqual(
    new Set(["the role has its quorum already"]),
  );
});
