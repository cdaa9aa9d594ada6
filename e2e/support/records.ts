import { readFileSync, writeFileSync } from "node:fs";
import { now } from "#lib/clock.ts";
import { openDeploymentInput, type OpenDeploymentInput } from "#lib/domain/inputs/deployments.ts";
import { itemsOf } from "#lib/domain/checklist.ts";
import { openDeployment } from "#lib/services/deployments.ts";
import { startPhase } from "#lib/services/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/services/rollback.ts";
import { approve, finishPhase, settle, tickPhase, type Run } from "#scripts/demo/run-checklist.ts";
import { cast, type Cast } from "#scripts/demo/seed-people.ts";
import { load } from "#test/support/factories.ts";
import { app, PASSWORD } from "./test.ts";

let people: Promise<Cast> | undefined;

/**
 * Moves the clock of the app forward; it never goes back, since all tests share it. The tests that
 * do so are listed in `playwright.config.ts` and run one after another.
 */
export function advanceClock(minutes: number): void {
  writeFileSync(app.clockFile, String(Number(readFileSync(app.clockFile, "utf8")) + minutes * 60_000));
}

/** A record of the demo team, opened by its lead. */
export async function openRecord(input: Partial<OpenDeploymentInput> = {}): Promise<Run> {
  const { "lead@demo.test": lead } = await everybody();
  const id = await openDeployment(
    lead,
    openDeploymentInput.parse({
      service: `service-${Math.random().toString(36).slice(2, 8)}`,
      version: "1.0.0",
      commit: "3f9c2ab",
      environment: "production",
      deploymentAt: new Date(Date.parse(now()) + 86_400_000).toISOString(),
      deployedBy: "engineer@demo.test",
      ...input,
    }),
  );
  return {
    id,
    password: PASSWORD,
    clock: {
      now: () => new Date(now()),
      advance: () => undefined,
      set: () => undefined,
      remove: () => undefined,
    },
  };
}

/** Through the phases named, with every item settled as it asks. */
export async function complete(run: Run, ...phases: readonly string[]): Promise<void> {
  const { "engineer@demo.test": engineer, "lead@demo.test": lead } = await everybody();
  for (const phase of phases) {
    await tickPhase(run, [engineer], phase);
    await finishPhase(run, lead, phase);
  }
}

export async function signAll(run: Run): Promise<void> {
  const all = await everybody();
  await approve(run, all["eng-lead@demo.test"], "engineering-lead", "Ready.");
  await approve(run, all["sre@demo.test"], "devops-sre", null);
  await approve(run, all["security@demo.test"], "security", null);
  await approve(run, all["product@demo.test"], "product", null);
}

/** Up to T-0, with the deployment phase begun. */
export async function toT0(input: Partial<OpenDeploymentInput> = {}): Promise<Run> {
  const run = await openRecord(input);
  await complete(run, "pre-deployment", "final-checks");
  await signAll(run);
  await startPhase((await everybody())["engineer@demo.test"], { deploymentId: run.id, phase: "deployment" });
  return run;
}

/** Ended by its lead before T-0. */
export async function cancelled(input: Partial<OpenDeploymentInput> = {}): Promise<Run> {
  const run = await openRecord(input);
  const { "lead@demo.test": lead } = await everybody();
  await cancelDeployment(lead, {
    deploymentId: run.id,
    reason: "The release waits for the new payment API.",
  });
  return run;
}

/** Rolled back, with its list done to the end. */
export async function rolledBack(input: Partial<OpenDeploymentInput> = {}): Promise<Run> {
  const run = await toT0(input);
  const { "engineer@demo.test": engineer, "lead@demo.test": lead } = await everybody();
  await triggerRollback(engineer, { deploymentId: run.id, reason: "Checkouts fail with 502." });
  const { checklist } = await load(run.id);
  for (const { item } of itemsOf(checklist.rollback)) {
    if (item.requirement?.kind === "wait") advanceClock(item.requirement.minutes + 1);
    await settle(run, engineer, item);
  }
  await finishPhase(run, lead, checklist.rollback.key);
  return run;
}

export async function everybody(): Promise<Cast> {
  people ??= cast();
  return people;
}
