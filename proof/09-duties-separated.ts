import { randomUUID } from "node:crypto";
import { DatabaseError, type Pool } from "pg";
import { SYSTEM_ID, type Actor } from "#lib/domain/actor.ts";
import { APPROVER_ROLES, type ApproverRole } from "#lib/domain/roles.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { pool } from "#lib/db/pool.ts";
import { grantApproval } from "#lib/services/approvals.ts";
import { changeDetails } from "#lib/services/deployments.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import {
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  refusalOf,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { hold } from "./support/counter-example.ts";
import { withDatabase } from "./support/database.ts";
import { hurryPasswords, withApproverRoles } from "./support/people.ts";
import { randomFrom, type Random } from "./support/random.ts";

export const title = "Duties are separated: nobody signs their own deployment, out of order, or twice";
export const sizes = { unit: "attempts", ci: 2_000, long: 10_000 };

/** Half through the services as anybody, half as raw SQL of the app's role; each success is judged anew. */
export async function run(size: number, report: Report, seed: number): Promise<Figures> {
  return withDatabase(async (database) => {
    const random = randomFrom(seed);
    const scene = await setScene();
    await hurryPasswords(database);
    const counts = { granted: 0, refused: 0, lawful: 0, "raw SQL refused": 0 };
    const codes = new Map<string, number>();
    for (let attempt = 0; attempt < size; attempt += 1) {
      const id = random.pick(scene.records);
      if (attempt % 2 === 1) {
        const code = await rawInsert(scene, id, random);
        if (code === null) counts.lawful += 1;
        else counts["raw SQL refused"] += 1;
        continue;
      }
      const code = await signAs(random.pick(scene.actors), random.pick(APPROVER_ROLES), id);
      if (code === null) {
        counts.granted += 1;
        await judge(database.superuser, id);
      } else {
        counts.refused += 1;
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
      // A complete sign-off would be the end of it.
      if (counts.granted % 4 === 3 || random.below(40) === 0)
        await changeDetails(scene.team.lead, { deploymentId: id, version: `2.0.${attempt}` });
    }
    report(`refused by code: ${[...codes].map(([code, count]) => `${code} ${count}`).join(", ")}`);
    const before = await verifyHistory();
    hold(before.flaws.length === 0, `the history has a flaw: ${JSON.stringify(before.flaws[0])}`);
    await approvalWithoutEventShows(scene, random);
    return {
      "through the services": size - Math.floor(size / 2),
      granted: counts.granted,
      refused: counts.refused,
      "as raw SQL": Math.floor(size / 2),
      "refused by the database": counts["raw SQL refused"],
      "in order and by somebody else, so for verify-history to show": counts.lawful,
      "self-approvals": 0,
      "out of order": 0,
      twice: 0,
      seed,
    };
  });
}

type Scene = {
  readonly team: Team;
  readonly records: readonly string[];
  readonly actors: readonly Actor[];
  readonly people: readonly (Actor & { kind: "person" })[];
};

// Everybody who might try: the opener and the deployer with every approver role besides, one person
// with all four roles, holders of one role, those of another team, and callers who are no person.
async function setScene(): Promise<Scene> {
  const [team, others] = [await makeTeam(), await makeTeam()];
  const records: string[] = [];
  for (let index = 0; index < 4; index += 1) {
    const id = await openRecord(team);
    if (index > 0) await toSignOff(team, id);
    records.push(id);
  }
  const everything = await withApproverRoles(await makePerson("security", team.id), team.id);
  const admin = await makePerson("admin", null);
  const people = [
    await withApproverRoles(team.lead, team.id),
    await withApproverRoles(team.engineer, team.id),
    everything,
    team.engineeringLead,
    team.sre,
    team.security,
    team.product,
    team.auditor,
    admin,
    others.engineeringLead,
    others.sre,
  ];
  const system: Actor = {
    kind: "system",
    id: SYSTEM_ID,
    name: "Countersign",
    grants: everything.grants,
  };
  const token: Actor = {
    kind: "token",
    id: team.sre.id,
    name: team.sre.name,
    grants: everything.grants,
    token: { id: randomUUID(), name: "ci", scopes: ["read", "write"] },
  };
  return { team, records, actors: [...people, system, token], people };
}

async function signAs(actor: Actor, role: ApproverRole, id: string): Promise<string | null> {
  const digest = contentDigest(await load(id));
  return refusalOf(
    grantApproval(actor, {
      deploymentId: id,
      role,
      digest,
      proof: { kind: "password", password: PASSWORD },
      comment: null,
    }),
  );
}

type Standing = { role: string; signed_by_id: string };

/** Judges a record's standing approvals by its tables alone, apart from the rules that let them in. */
async function judge(superuser: Pool, id: string): Promise<void> {
  const { rows } = await superuser.query<Standing & { opened_by_id: string; deployed_by_id: string }>(
    `SELECT a.role, a.signed_by_id, d.opened_by_id, d.deployed_by_id
       FROM approvals a JOIN deployments d ON d.id = a.deployment_id
      WHERE d.id = $1 AND a.voided_at IS NULL ORDER BY a.seq`,
    [id],
  );
  for (const { signed_by_id: by, opened_by_id, deployed_by_id } of rows)
    hold(by !== opened_by_id && by !== deployed_by_id, `a self-approval stands on ${id}`);
  hold(
    rows.every(({ role }, index) => role === APPROVER_ROLES[index]),
    `out of order on ${id}: ${rows.map(({ role }) => role).join(", ")}`,
  );
  hold(new Set(rows.map((row) => row.signed_by_id)).size === rows.length, `somebody signed ${id} twice`);
}

/** Writes an approval past the services; answers with Postgres's refusal, or null. Leaves nothing. */
async function rawInsert(scene: Scene, id: string, random: Random): Promise<string | null> {
  const { id: by, name } = random.pick(scene.people);
  const role = random.pick(APPROVER_ROLES);
  const relaxed = random.below(4) === 0;
  const client = await pool().connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<Standing & { round: number; opener: string; deployer: string }>(
      `SELECT d.sign_off_round AS round, d.opened_by_id AS opener, d.deployed_by_id AS deployer, a.role, a.signed_by_id
         FROM deployments d LEFT JOIN approvals a ON a.deployment_id = d.id AND a.round = d.sign_off_round
        WHERE d.id = $1 ORDER BY a.seq`,
      [id],
    );
    const [record] = rows;
    if (record === undefined) throw new Error(`no record ${id}`);
    const signed = rows.filter((row) => row.role !== null);
    const code = await insertApproval(client, { id, round: record.round, role, by, name, relaxed });
    if (code === null) {
      hold(by !== record.opener && by !== record.deployer, `raw SQL: a self-approval as ${role} on ${id}`);
      hold(APPROVER_ROLES.indexOf(role) === signed.length, `raw SQL: ${role} out of order on ${id}`);
      hold(!signed.some((row) => row.signed_by_id === by), `raw SQL: somebody signed ${id} twice`);
    }
    await client.query("ROLLBACK");
    return code;
  } finally {
    client.release();
  }
}

type Forged = {
  readonly id: string;
  readonly round: number;
  readonly role: ApproverRole;
  readonly by: string;
  readonly name: string;
  readonly relaxed: boolean;
};

async function insertApproval(
  client: { query: (text: string, values: unknown[]) => Promise<unknown> },
  { id, round, role, by, name, relaxed }: Forged,
): Promise<string | null> {
  try {
    await client.query(
      `INSERT INTO approvals (deployment_id, round, role, decision, signed_at, signed_by_id, signed_by_name,
         meaning, digest, proof, may_hold_several_roles, seq)
       VALUES ($1, $2, $3, 'approved', now(), $4, $5, 'I approve.', repeat('a', 64), 'password', $6, 1)`,
      [id, round, role, by, name, relaxed],
    );
    return null;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    hold(
      ["23514", "23505", "42501", "23503"].includes(error.code ?? ""),
      `raw SQL ended with ${error.message}`,
    );
    return error.code ?? "";
  }
}

// What the database cannot tell from a signature, the history can: there is no event for it.
async function approvalWithoutEventShows({ team, records }: Scene, random: Random): Promise<void> {
  const [id = ""] = records;
  const { id: by, name } = team.engineeringLead;
  const forged = { id, round: 1, role: "engineering-lead" as const, by, name, relaxed: false };
  const code = await insertApproval(pool(), forged);
  hold(
    code === null,
    `the forged approval was refused with ${code}, so this shows nothing (${random.below(9)})`,
  );
  const { flaws } = await verifyHistory();
  hold(
    flaws.some(({ stream }) => stream === id),
    "verify-history does not see an approval that has no event",
  );
}
