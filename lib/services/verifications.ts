import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import type { VerificationInput, VerificationScope } from "#lib/domain/inputs/verifications.ts";
import { may, mayEverywhere } from "#lib/domain/policy.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { now } from "#lib/clock.ts";
import { jobQueue } from "#lib/db/job-queue.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { inTransactionUnder } from "#lib/db/transaction.ts";
import {
  countUnfinished,
  findVerification,
  insertVerification,
  recordFailure,
  recordProgress,
  recordResult,
} from "#lib/db/verifications.ts";
import { plainLine } from "#lib/proof/plain-line.ts";
import { CHECK_RUNNER } from "./check-runner.ts";
import { countAttempt } from "./attempt-limits.ts";
import { verifyHistory } from "./verify-history.ts";

const PROGRESS_EVERY_MS = 500;
/** Of one person so many wait or run at once: each computes the whole log, and others wait for it. */
const UNFINISHED_OF_ONE = 2;
/** The queue gives a run up after so long; what was asked for before then waits for nothing. */
const GIVEN_UP_HOURS = 6;

/**
 * Asks for a verification and answers with its id; a worker carries it out. One record for whoever
 * verifies in its team, a span or everything for whoever does so in all teams. Rejects with `rate-limited`
 * whoever has two that are not finished, or asked for too many in an hour.
 */
export async function askForVerification(
  actor: Actor,
  { scope }: VerificationInput,
  id: string = randomUUID(),
): Promise<string> {
  await refuseScope(actor, scope);
  await countAttempt("verification", actor.id);
  const run = { id, scope, askedBy: { id: actor.id, name: actor.name }, askedAt: now() };
  await inTransactionUnder(`verifications of ${actor.id}`, async (db) => {
    const unfinished = await countUnfinished(db, run, laterBy(run.askedAt, -GIVEN_UP_HOURS * HOUR));
    if (unfinished >= UNFINISHED_OF_ONE)
      throw new Rejection(
        "rate-limited",
        "Two verifications that you asked for are not finished yet; wait for them",
      );
    await insertVerification(run, db);
  });
  await (await jobQueue()).send("verify-history", { id }, { singletonKey: id });
  return id;
}

/** Carries out a verification that was asked for and keeps its result; without an id, one of everything. */
export async function runVerification(id: string | undefined): Promise<void> {
  const run = await findVerification(id ?? (await insertScheduled()));
  if (run === null || run.finishedAt !== null) return;
  try {
    const result = await verifyHistory({ scope: run.scope, onProgress: progressOf(run.id) });
    await recordResult(run.id, now(), result);
    for (const { stream, seq, message } of result.flaws)
      console.error(plainLine(`the history is not whole: ${stream ?? "the log"} ${seq ?? ""}: ${message}`));
  } catch (error) {
    await recordFailure(run.id, now(), error instanceof Error ? error.message : String(error));
  }
}

function progressOf(id: string): (checked: number, total: number) => Promise<void> {
  let told = 0;
  return async (checked, total) => {
    if (Date.now() - told < PROGRESS_EVERY_MS) return;
    told = Date.now();
    await recordProgress(id, checked, total);
  };
}

async function insertScheduled(): Promise<string> {
  const id = randomUUID();
  const { id: runner, name } = CHECK_RUNNER;
  await insertVerification({
    id,
    scope: { kind: "everything" },
    askedBy: { id: runner, name },
    askedAt: now(),
  });
  return id;
}

async function refuseScope(actor: Actor, scope: VerificationScope): Promise<void> {
  if (scope.kind !== "deployment") {
    if (!mayEverywhere(actor, "history.verify"))
      throw new Rejection(
        "forbidden",
        "Only auditors and admins of all teams, and leads of all, verify more than one record",
      );
    return;
  }
  const loaded = await loadDeployment(scope.deploymentId);
  if (loaded === null || !may(actor, "deployment.view", loaded.deployment.teamId))
    throw new Rejection("not-found", "There is no such deployment");
  if (!may(actor, "history.verify", loaded.deployment.teamId))
    throw new Rejection("forbidden", "Your roles on this team do not verify its history");
}
