import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "#lib/domain/actor.ts";
import type { ApproverRole } from "#lib/domain/roles.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { grantApproval } from "#lib/services/approvals.ts";
import { changeDetails } from "#lib/services/deployments.ts";
import { completePhase, reopenPhase } from "#lib/services/phases.ts";
import { PASSWORD, refusalOf } from "#test/support/factories.ts";
import { carryOut } from "./carry-out.ts";
import { digestOf } from "./check-order.ts";
import type { Ask } from "./model.ts";

/** What a member of a crew can be asked to do, by name. */
export const JOBS = { sign, editVersion, reopen, operate, look };

type On = { readonly actor: Actor; readonly id: string };

/** Signs what a digest names; answers with the refusal's code, or null. */
async function sign({
  actor,
  id,
  role,
  digest,
}: On & { role: ApproverRole; digest: string }): Promise<string | null> {
  return connected(() =>
    refusalOf(
      grantApproval(actor, {
        deploymentId: id,
        role,
        digest,
        proof: { kind: "password", password: PASSWORD },
        comment: null,
      }),
    ),
  );
}

/** Changes what is signed, through the metadata form, after a moment. */
async function editVersion({
  actor,
  id,
  version,
  afterMs,
}: On & { version: string; afterMs: number }): Promise<string | null> {
  await sleep(afterMs);
  return connected(() => refusalOf(changeDetails(actor, { deploymentId: id, version })));
}

/** Changes what is signed by going back: reopens the last phase before the gate and completes it again. */
async function reopen({ actor, id, afterMs }: On & { afterMs: number }): Promise<string | null> {
  await sleep(afterMs);
  const phase = { deploymentId: id, phase: "final-checks" };
  return (
    (await refusalOf(reopenPhase(actor, { ...phase, reason: "Look again." }))) ??
    (await refusalOf(completePhase(actor, phase)))
  );
}

/** When something began and ended, on the clock that all processes of this machine share. */
export type Span = { readonly start: number; readonly end: number };

/** Carries a request out: granted (with the revision, where the service says it) or refused with a code. */
async function operate({
  actor,
  id,
  ask,
}: On & { ask: Ask }): Promise<Span & { code: string | null; revision: number | null }> {
  const start = microseconds();
  let revision: number | null = null;
  const code = await connected(() =>
    refusalOf(carryOut(actor, id, ask).then((reached) => (revision = reached))),
  );
  return { start, end: microseconds(), code, revision };
}

/** Reads a record: its revision and a digest of all that stands in it. */
async function look({ id }: Pick<On, "id">): Promise<Span & { revision: number; digest: string }> {
  const start = microseconds();
  const { deployment } = (await connected(() => loadDeployment(id))) ?? {};
  if (deployment === undefined) throw new Error(`no deployment ${id}`);
  return { start, end: microseconds(), revision: deployment.revision, digest: digestOf(deployment) };
}

function microseconds(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

// On a machine with more to do than it can, a connection may not come in time; nothing was asked then.
async function connected<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Error && /connection timeout|trying to connect/.test(error.message))) throw error;
    return connected(attempt);
  }
}
