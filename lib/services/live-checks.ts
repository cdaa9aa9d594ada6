import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import {
  checkEvidence,
  checksOf,
  checksOfOpenPhase,
  contextOf,
  type UsedCheck,
} from "#lib/domain/check-uses.ts";
import type { CheckResult } from "#lib/domain/check-result.ts";
import { findItem } from "#lib/domain/checklist.ts";
import { addEvidence, tickIfSettledByMachine } from "#lib/domain/checklist-items.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import type { RunCheckInput } from "#lib/domain/inputs/evidence.ts";
import type { ServiceChecks } from "#lib/domain/inputs/service-checks.ts";
import { may } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { DAY, MINUTE, laterBy } from "#lib/domain/time.ts";
import { standingVerdicts } from "#lib/domain/verdicts.ts";
import { now } from "#lib/clock.ts";
import { changeDeployment } from "#lib/db/change-deployment.ts";
import {
  deleteProbesBefore,
  listCheckedDeployments,
  loadProbes,
  loadServiceChecks,
  saveCheckRun,
} from "#lib/db/check-runs.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import type { LiveChecker } from "#lib/evidence/checker.ts";
import { findChecker } from "#lib/evidence/registry.ts";
import { countAttempt } from "./attempt-limits.ts";
import { outside } from "./outside.ts";

export type LiveCheck = UsedCheck & { readonly checker: LiveChecker };
export type LiveVerdict = { readonly checker: string; readonly title: string } & CheckResult;

/** Half an hour of probes with some room before it. */
const PROBES_SINCE_MINUTES = 45;
/** A pass that would end within this span is recorded anew. */
const RENEW_MINUTES = 3;

/** Runs the live checks of one item now, for somebody who asks, and records what they say. */
export async function runCheck(
  actor: Actor,
  { deploymentId, item }: RunCheckInput,
): Promise<readonly LiveVerdict[]> {
  const loaded = await loadDeployment(deploymentId);
  if (loaded === null || !may(actor, "deployment.view", loaded.deployment.teamId)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  const { deployment } = loaded;
  if (!may(actor, "checks.run", deployment.teamId)) {
    throw new Rejection("forbidden", "Engineers and team leads run checks");
  }
  const place = findItem(deployment.checklist, item);
  if (place === undefined) throw new Rejection("not-found", "There is no such item on this deployment");
  await countAttempt("check", `${deploymentId}:${item}`);
  const services = await loadServiceChecks(deployment.service.id);
  const uses = (place.item.checks ?? []).map((use) => ({ item: place.item, use }));
  const checks = withAddresses(uses, services);
  if (checks.length === 0) {
    throw new Rejection("invalid-input", `No live check of “${place.item.title}” has an address to go to`);
  }
  const results = await Promise.all(checks.map((check) => look(deployment, check, services)));
  await record(actor, deployment, results, () => true);
  return results.map(({ check, result }) => ({
    checker: check.checker.key,
    title: check.checker.title,
    ...result,
  }));
}

/** Runs the checks of a record's open phase as the system; records only what is news. */
export async function runOpenChecks(actor: Actor, deploymentId: string): Promise<void> {
  const loaded = await loadDeployment(deploymentId);
  if (loaded === null) return;
  const { deployment } = loaded;
  const services = await loadServiceChecks(deployment.service.id);
  const checks = withAddresses(checksOfOpenPhase(deployment), services);
  const results = await Promise.all(checks.map((check) => look(deployment, check, services)));
  try {
    await record(actor, deployment, results, isNews);
  } catch (error) {
    // The phase ended while the checks were under way; the next run looks at what is open then.
    if (!(error instanceof Rejection)) throw error;
  }
}

/** The records whose open phase the system looks after. */
export async function listDeploymentsToCheck(): Promise<readonly string[]> {
  return listCheckedDeployments();
}

/** Forgets looks that no judgement asks for any more. */
export async function forgetOldProbes(): Promise<void> {
  await deleteProbesBefore(laterBy(now(), -DAY));
}

/** What live checks of the completed phases say at this moment, without recording anything. */
export async function lookAgain(
  deployment: Deployment,
  phaseKeys: readonly string[],
): Promise<readonly Looked[]> {
  const services = await loadServiceChecks(deployment.service.id);
  const phases = deployment.checklist.phases.filter(({ key }) => phaseKeys.includes(key));
  const checks = withAddresses(
    phases.flatMap((phase) => checksOf(deployment, phase)),
    services,
  );
  return Promise.all(checks.map((check) => look(deployment, check, services)));
}

export type Looked = { readonly check: LiveCheck; readonly result: CheckResult };

function withAddresses(uses: readonly UsedCheck[], services: ServiceChecks): readonly LiveCheck[] {
  return uses.flatMap(({ item, use }) => {
    const checker = findChecker(use.checker);
    return checker?.kind === "live" && services[checker.group] !== undefined ? [{ item, use, checker }] : [];
  });
}

async function look(deployment: Deployment, check: LiveCheck, services: ServiceChecks): Promise<Looked> {
  const { item, use, checker } = check;
  const key = { deploymentId: deployment.id, itemKey: item.key, checker: checker.key };
  const probes = checker.probes ? await loadProbes(key, laterBy(now(), -PROBES_SINCE_MINUTES * MINUTE)) : [];
  const { result, probe } = await checker.run(
    services,
    use.parameters,
    contextOf(deployment, now(), probes),
    outside(),
  );
  await saveCheckRun(key, result, probe, now());
  return { check, result };
}

async function record(
  actor: Actor,
  { id: deploymentId }: Deployment,
  results: readonly Looked[],
  worthRecording: (deployment: Deployment, looked: Looked) => boolean,
): Promise<void> {
  if (results.length === 0) return;
  await changeDeployment(actor, { deploymentId }, "evidence.add", (deployment) =>
    results
      .filter((looked) => worthRecording(deployment, looked))
      .flatMap(({ check: { item, use, checker }, result }) => [
        addEvidence(item.key, randomUUID(), checkEvidence(use, checker.title, null, result, null, now())),
        tickIfSettledByMachine(item.key),
      ]),
  );
}

// A verdict that stands needs no second event: a new one, a changed one and one about to end do.
function isNews(deployment: Deployment, { check: { item, use }, result }: Looked): boolean {
  const standing = standingVerdicts(deployment, item).find((verdict) => verdict.use.checker === use.checker);
  if (standing === undefined || standing.check.verdict !== result.verdict) return true;
  const { validUntil } = standing.check;
  return validUntil !== null && validUntil <= laterBy(now(), RENEW_MINUTES * MINUTE);
}
