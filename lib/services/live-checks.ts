import { randomUUID } from "node:crypto";
import { isNews } from "#lib/domain/check-news.ts";
import {
  checkEvidence,
  checksOf,
  checksOfOpenPhase,
  contextOf,
  type UsedCheck,
} from "#lib/domain/check-uses.ts";
import { isStarted } from "#lib/domain/checklist.ts";
import type { CheckResult } from "#lib/domain/check-result.ts";
import type { Decide } from "#lib/domain/change.ts";
import { addVerdict } from "#lib/domain/checklist-items.ts";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import { completedBefore, wouldClose } from "#lib/domain/failing-checks.ts";
import { CLOSE_OUT } from "#lib/domain/gates.ts";
import type { ServiceChecks } from "#lib/domain/inputs/service-checks.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import type { PhaseTemplate } from "#lib/domain/template.ts";
import { DAY, MINUTE, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { changeDeployment } from "#lib/db/change-deployment.ts";
import {
  deleteProbesBefore,
  listCheckedDeployments,
  loadCheckRuns,
  loadProbes,
  loadServiceChecks,
  saveCheckRun,
  type CheckedDeployment,
} from "#lib/db/check-runs.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import type { LiveChecker } from "#lib/evidence/checker.ts";
import type { Outside } from "#lib/evidence/outside.ts";
import { findChecker } from "#lib/evidence/registry.ts";
import { CHECK_RUNNER } from "./check-runner.ts";
import { outsideOf } from "./outside.ts";

type LiveCheck = UsedCheck & { readonly checker: LiveChecker };
/** What a check saw. */
export type Looked = { readonly check: LiveCheck; readonly result: CheckResult };

/** Half an hour of probes with some room before it. */
const PROBES_SINCE_MINUTES = 45;
/** How often the checks of completed phases look, when nobody asks a gate. */
const LOOK_BEHIND_MINUTES = 5;

/**
 * Runs the checks of a record's open phase as the system, and records only what is news; every few
 * minutes those of completed phases that the next gate judges too.
 */
export async function runOpenChecks(deploymentId: string): Promise<void> {
  const loaded = await loadDeployment(deploymentId);
  if (loaded === null) return;
  const { deployment } = loaded;
  await recordNews(deployment, await lookAt(deployment, checksOfOpenPhase(deployment)));
  await lookBehind(deployment);
}

// What was passed and is still judged at the next gate, so that its people hear when it fails.
async function lookBehind(deployment: Deployment): Promise<void> {
  if (deployment.ended !== null || deployment.rollback !== null) return;
  const next = deployment.checklist.phases.find(({ key }) => !isStarted(deployment, key));
  const behind = completedBefore(deployment, next?.key ?? CLOSE_OUT);
  if (behind.length > 0) await lookAgain(deployment, behind, laterBy(now(), -LOOK_BEHIND_MINUTES * MINUTE));
}

/**
 * Runs the checks of the open phase and of these completed ones that did not run since a moment. What
 * the open phase's say is recorded as by `runOpenChecks`; of the others only what was seen last is kept.
 */
export async function lookAgain(
  deployment: Deployment,
  completed: readonly PhaseTemplate[],
  since: Instant,
): Promise<void> {
  const open = checksOfOpenPhase(deployment);
  const runs = await loadCheckRuns(deployment.id);
  const isDue = ({ item, use }: UsedCheck) =>
    !runs.some(
      ({ itemKey, checker, ranAt, addressChangedAt }) =>
        itemKey === item.key &&
        checker === use.checker &&
        ranAt > since &&
        (addressChangedAt === null || addressChangedAt < ranAt),
    );
  const uses = [...open, ...completed.flatMap((phase) => checksOf(deployment, phase))].filter(isDue);
  const looked = await lookAt(deployment, uses);
  const ofOpenPhase = new Set(open.map(({ item }) => item.key));
  await recordNews(
    deployment,
    looked.filter(({ check }) => ofOpenPhase.has(check.item.key)),
  );
}

/** Looks at once with every one of these checks whose service gave it an address. */
export async function lookAt(deployment: Deployment, uses: readonly UsedCheck[]): Promise<readonly Looked[]> {
  const { checks, team } = await loadServiceChecks(deployment.service.id);
  const outside = outsideOf(team);
  return Promise.all(withAddresses(uses, checks).map((check) => look(deployment, check, checks, outside)));
}

/** What a look leaves on the record under this id: evidence, and the tick that it settles. */
export function recorded(
  deployment: Deployment,
  { check: { item, use, checker }, result }: Looked,
  evidenceId: string = randomUUID(),
): readonly Decide[] {
  const content = checkEvidence(use, checker.title, null, result, null, now());
  return addVerdict(deployment, item.key, evidenceId, content);
}

/** The records whose open phase the system looks after. */
export async function listDeploymentsToCheck(): Promise<readonly CheckedDeployment[]> {
  return listCheckedDeployments();
}

/** Forgets looks that no judgement asks for any more. */
export async function forgetOldProbes(): Promise<void> {
  await deleteProbesBefore(laterBy(now(), -DAY));
}

function withAddresses(uses: readonly UsedCheck[], services: ServiceChecks): readonly LiveCheck[] {
  return uses.flatMap(({ item, use }) => {
    const checker = findChecker(use.checker);
    return checker?.kind === "live" && services[checker.group] !== undefined ? [{ item, use, checker }] : [];
  });
}

async function look(
  deployment: Deployment,
  check: LiveCheck,
  services: ServiceChecks,
  outside: Outside,
): Promise<Looked> {
  const { item, use, checker } = check;
  const key = { deploymentId: deployment.id, itemKey: item.key, checker: checker.key };
  const probes = checker.probes ? await loadProbes(key, laterBy(now(), -PROBES_SINCE_MINUTES * MINUTE)) : [];
  const { result, probe } = await checker.run(
    services,
    use.parameters,
    contextOf(deployment, now(), probes),
    outside,
  );
  await saveCheckRun(key, result, probe, now(), wouldClose(deployment, key));
  return { check, result };
}

async function recordNews({ id: deploymentId }: Deployment, results: readonly Looked[]): Promise<void> {
  if (results.length === 0) return;
  try {
    await changeDeployment(CHECK_RUNNER, { deploymentId }, "evidence.add", (deployment) =>
      results
        .filter(({ check, result }) => isNews(deployment, check, result, now()))
        .flatMap((looked) => recorded(deployment, looked)),
    );
  } catch (error) {
    // The phase ended while the checks were under way; the next run looks at what is open then.
    if (!(error instanceof Rejection)) throw error;
  }
}
