import { randomUUID } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { request as githubRequest } from "@octokit/request";
import { RequestError } from "@octokit/request-error";
import type { Deployment } from "#lib/domain/deployment.ts";
import type { ProtectionRulePayload } from "#lib/domain/inputs/protection-rule.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import type { ProtectionRequest } from "#lib/db/generated/client.ts";
import { prisma } from "#lib/db/prisma.ts";
import { servicesNaming, teamsAsked, type AskedTeam } from "#lib/db/services-naming.ts";
import { env } from "#lib/env.ts";
import { whyMade } from "./deployment-made.ts";
import { judgeGate } from "./gate-looks.ts";

/** What GitHub answers about a job that is gone, over, or not ours. */
const NEVER = [404, 410, 422];
/** GitHub fails the job by itself after this long. */
const PATIENCE_DAYS = 30;

type Answer = { readonly state: "approved" | "rejected"; readonly comment: string };

/** Keeps GitHub's question until its gate opens or a sign-off is rejected. A repeated delivery changes nothing. */
export async function receiveProtectionRequest(
  deliveryId: string,
  payload: ProtectionRulePayload,
): Promise<void> {
  const { deployment_callback_url: callbackUrl, deployment, environment, repository, installation } = payload;
  if (!leadsToGitHub(callbackUrl)) {
    throw new Rejection("invalid-input", "The callback does not lead to GitHub");
  }
  await prisma().protectionRequest.createMany({
    data: {
      id: randomUUID(),
      deliveryId,
      repository: repository.full_name,
      environment,
      commit: deployment.sha,
      callbackUrl,
      installationId: installation.id,
      receivedAt: now(),
    },
    skipDuplicates: true,
  });
}

/** The questions that wait, and the team whose word each waits for; those that GitHub has given up are over. */
export async function listProtectionRequests(): Promise<readonly AskedTeam[]> {
  await prisma().protectionRequest.updateMany({
    where: { answeredAt: null, receivedAt: { lt: laterBy(now(), -PATIENCE_DAYS * DAY) } },
    data: { answeredAt: now(), answer: "given-up" },
  });
  return teamsAsked(prisma());
}

/** Answers a question whose record has decided; it waits otherwise. Throws when GitHub cannot be told now. */
export async function answerProtectionRequest(id: string): Promise<void> {
  const waiting = await prisma().protectionRequest.findFirst({ where: { id, answeredAt: null } });
  const answer = waiting === null ? null : await decide(waiting);
  if (waiting === null || answer === null) return;
  await close(waiting.id, (await send(waiting, answer)) ? answer.state : "given-up");
}

/**
 * Of each service that names the repository, the newest record of that commit to that environment decides:
 * what was signed for staging says nothing of production, nor what was signed for one service of another
 * of the same repository. A few digits of a commit may begin another one too, which nobody signed, and so
 * are refused. While services of several teams name the repository and environment nobody can tell whose
 * word counts, and the question waits.
 */
async function decide({ repository, environment, commit }: ProtectionRequest): Promise<Answer | null> {
  const services = await servicesNaming(prisma(), { repository, environment });
  if (new Set(services.map(({ teamId }) => teamId)).size !== 1) return null;
  // Prisma would compare without regard to case by ILIKE, and take the name for a pattern.
  const newest = await prisma().$queryRaw<{ id: string }[]>`
    SELECT DISTINCT ON (service_id) id FROM deployments
     WHERE service_id = ANY(${services.map(({ id }) => id)}::uuid[]) AND commit = ANY(${prefixesOf(commit)})
       AND lower(environment) = lower(${environment})
     ORDER BY service_id, opened_at DESC, id DESC`;
  const answers: (Answer | null)[] = [];
  for (const { id } of newest) answers.push(await answerOf(id, commit));
  const rejected = answers.find((answer) => answer?.state === "rejected");
  return rejected ?? (answers.includes(null) ? null : (answers[0] ?? null));
}

async function answerOf(id: string, commit: string): Promise<Answer | null> {
  const loaded = await loadDeployment(id);
  if (loaded === null) return null;
  const { deployment } = loaded;
  return deployment.details.commit === commit ? answerFor(deployment) : namesTooLittle(deployment);
}

async function answerFor(deployment: Deployment): Promise<Answer | null> {
  const t0Phase = deployment.checklist.phases.find(({ timing }) => timing.startsAtT0)?.key;
  if (t0Phase === undefined) return null;
  const over = await whyOver(deployment, t0Phase);
  if (over !== null) {
    return { state: "rejected", comment: `${over}. Open a record for another one, then run the job again` };
  }
  const { open, blockers } = await judgeGate(deployment, t0Phase);
  if (open) return { state: "approved", comment: `The gate before ${t0Phase} is open` };
  const rejection = blockers.find(({ code }) => code === "sign-off-rejected");
  return rejection === undefined ? null : { state: "rejected", comment: rejection.message };
}

async function whyOver(deployment: Deployment, t0Phase: string): Promise<string | null> {
  const { ended } = deployment;
  if (ended !== null) return `The deployment record is ${ended.outcome}`;
  return (await whyMade(deployment, t0Phase))?.message ?? null;
}

function namesTooLittle({ details: { commit } }: Deployment): Answer {
  const comment = `The deployment record names ${commit} alone, with which other commits may begin. Name all 40 digits of the commit there, then run the job again`;
  return { state: "rejected", comment };
}

// A record names 7 to 40 digits of a commit.
function prefixesOf(commit: string): string[] {
  return Array.from({ length: 34 }, (_none, index) => commit.slice(0, index + 7));
}

/** Whether GitHub took the answer; false when it will never, since the job is gone or has its answer. */
async function send(
  { callbackUrl, environment, installationId }: ProtectionRequest,
  { state, comment }: Answer,
): Promise<boolean> {
  const { GITHUB_APP_ID: appId, GITHUB_APP_PRIVATE_KEY: privateKey, GITHUB_API_URL: baseUrl } = env();
  if (appId === undefined || privateKey === undefined)
    throw new Error("GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY are not set");
  // Once more: somebody may have written the row by hand, and the App's token goes along.
  if (!leadsToGitHub(callbackUrl)) return false;
  const request = githubRequest.defaults({ baseUrl });
  const auth = createAppAuth({ appId, privateKey, request });
  const { token } = await auth({ type: "installation", installationId: Number(installationId) });
  try {
    await request({
      method: "POST",
      url: callbackUrl,
      headers: { authorization: `Bearer ${token}` },
      environment_name: environment,
      state,
      comment,
    });
    return true;
  } catch (error) {
    if (error instanceof RequestError && NEVER.includes(error.status)) return false;
    throw error;
  }
}

function leadsToGitHub(address: string): boolean {
  return URL.parse(address)?.origin === new URL(env().GITHUB_API_URL).origin;
}

async function close(id: string, answer: "approved" | "rejected" | "given-up"): Promise<void> {
  await prisma().protectionRequest.updateMany({
    where: { id, answeredAt: null },
    data: { answeredAt: now(), answer },
  });
}
