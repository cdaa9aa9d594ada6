import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import { evidenceInput } from "#lib/domain/inputs/checklist-items.ts";
import { openDeploymentInput, type OpenDeploymentInput } from "#lib/domain/inputs/deployments.ts";
import type { Role } from "#lib/domain/roles.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { allItems } from "#lib/domain/checklist.ts";
import { findActor, type PersonInSession } from "#lib/auth/find-actor.ts";
import { changeInstallation } from "#lib/db/change-installation.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { grantApproval } from "#lib/services/approvals.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { addEvidence } from "#lib/services/evidence.ts";
import { openDeployment } from "#lib/services/deployments.ts";
import { hashPassword } from "#lib/services/passwords.ts";
import { completePhase } from "#lib/services/phases.ts";
import { createSession } from "#lib/services/sessions.ts";
import { SYSTEM } from "#lib/services/set-up.ts";
import { passingEvidence } from "./records.ts";

export const PASSWORD = "a password for tests";
const hashed = hashPassword(PASSWORD);

type Person = Actor & { kind: "person" };

export type Team = Readonly<
  Record<
    "lead" | "engineer" | "engineer2" | "engineeringLead" | "sre" | "security" | "product" | "auditor",
    Person
  >
> & {
  readonly id: string;
  readonly name: string;
};

const STRICT = { openerMaySign: false, deployerMaySign: false, mayHoldSeveralRoles: false };

/** A team with a person for each role. */
export async function makeTeam(duties: { mayHoldSeveralRoles?: boolean } = {}): Promise<Team> {
  const id = randomUUID();
  const name = `Team ${id.slice(0, 8)}`;
  await changeInstallation(SYSTEM, async (tx, at) => {
    await tx.team.create({ data: { id, name, createdAt: at, ...duties } });
    const changed = { team: id, name, ...STRICT, ...duties };
    const created = { type: "team.created" as const, data: { team: id, name } };
    return { result: id, events: [created, { type: "team.duties-changed", data: changed }] };
  });
  return {
    id,
    name,
    lead: await makePerson("team-lead", id),
    engineer: await makePerson("engineer", id),
    engineer2: await makePerson("engineer", id),
    engineeringLead: await makePerson("engineering-lead", id),
    sre: await makePerson("devops-sre", id),
    security: await makePerson("security", id),
    product: await makePerson("product", id),
    auditor: await makePerson("auditor", id),
  };
}

export async function makePerson(role: Role, teamId: string | null): Promise<Person> {
  const id = randomUUID();
  const name = `${role} ${id.slice(0, 4)}`;
  const email = `${id}@test.example`;
  const passwordHash = await hashed;
  await changeInstallation(SYSTEM, async (tx, at) => {
    await tx.user.create({ data: { id, name, email, passwordHash, createdAt: at } });
    await tx.roleGrant.create({ data: { id: randomUUID(), userId: id, role, teamId, grantedAt: at } });
    const team = teamId === null ? null : await tx.team.findUniqueOrThrow({ where: { id: teamId } });
    const granted = { person: id, name, role, team: teamId, teamName: team?.name ?? null };
    return {
      result: id,
      events: [
        { type: "person.created", data: { person: id, name, email } },
        { type: "role.granted", data: granted },
      ],
    };
  });
  return { kind: "person", id, name, grants: [{ role, teamId }] };
}

/** The person at a session of theirs, proven just now. */
export async function inSession(person: Person): Promise<PersonInSession> {
  const place = { address: "127.0.0.1", agent: null };
  const actor = await findActor(await createSession(person.id, "password", place), place.address);
  if (actor === null) throw new Error("the test's person has no session");
  return actor;
}

export async function emailOf(person: Person): Promise<string> {
  const { email } = await prisma().user.findUniqueOrThrow({ where: { id: person.id } });
  return email;
}

/** A record opened by the team's lead, to be deployed by its engineer. */
export async function openRecord(
  team: Pick<Team, "engineer"> & { readonly lead: Actor },
  input: Partial<OpenDeploymentInput> = {},
  id?: string,
): Promise<string> {
  const deployedBy = await emailOf(team.engineer);
  return openDeployment(
    team.lead,
    openDeploymentInput.parse({
      service: "payments-api",
      version: "1.0.0",
      commit: "3f9c2ab",
      environment: "production",
      deploymentAt: new Date(Date.now() + 86_400_000).toISOString(),
      deployedBy,
      ...input,
    }),
    id,
  );
}

export async function load(id: string): Promise<Deployment> {
  const loaded = await loadDeployment(id);
  if (loaded === null) throw new Error(`no deployment ${id}`);
  return loaded.deployment;
}

/** Settles every item of a phase as it asks; waits are waived, since tests do not wait. */
export async function settlePhase(team: Team, id: string, phaseKey: string): Promise<void> {
  const { checklist } = await load(id);
  for (const { phase, item } of allItems(checklist)) {
    if (phase.key !== phaseKey) continue;
    if (item.conditional || item.requirement?.kind === "wait") {
      await settleItem(team.lead, id, { item: item.key, to: "not-applicable", reason: "not in this test" });
      continue;
    }
    const content = passingEvidence(item, new Date().toISOString());
    if (content !== null) {
      const input = evidenceInput.parse({ deploymentId: id, item: item.key, content });
      await addEvidence(team.engineer, input);
    }
    await settleItem(team.engineer, id, { item: item.key, to: "done" });
  }
}

export async function finishPhase(team: Team, id: string, phaseKey: string): Promise<void> {
  await settlePhase(team, id, phaseKey);
  await completePhase(team.engineer, { deploymentId: id, phase: phaseKey });
}

export async function toSignOff(team: Team, id: string): Promise<void> {
  await finishPhase(team, id, "pre-deployment");
  await finishPhase(team, id, "final-checks");
}

export async function sign(
  id: string,
  signer: Person,
  role: Parameters<typeof grantApproval>[1]["role"],
): Promise<void> {
  const digest = contentDigest(await load(id));
  await grantApproval(signer, {
    deploymentId: id,
    role,
    digest,
    proof: { kind: "password", password: PASSWORD },
    comment: null,
  });
}

export async function signAll(team: Team, id: string): Promise<void> {
  await sign(id, team.engineeringLead, "engineering-lead");
  await sign(id, team.sre, "devops-sre");
  await sign(id, team.security, "security");
  await sign(id, team.product, "product");
}

export async function eventTypes(id: string): Promise<readonly string[]> {
  const { rows } = await pool().query<{ type: string }>(
    "SELECT type FROM events WHERE stream_id = $1 ORDER BY seq",
    [id],
  );
  return rows.map(({ type }) => type);
}

/** The code with which a call was refused; null when it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<string | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (error instanceof Error && "code" in error) return String(error.code);
    throw error;
  }
}
