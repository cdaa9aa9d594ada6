import type { Actor } from "#lib/domain/actor.ts";
import type { ApproverRole } from "#lib/domain/roles.ts";
import type { ItemTemplate } from "#lib/domain/template.ts";
import { findItem, itemsOf } from "#lib/domain/checklist.ts";
import { MINUTE } from "#lib/domain/time.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { grantApproval } from "#lib/services/approvals.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { addEvidence } from "#lib/services/evidence.ts";
import { completePhase } from "#lib/services/phases.ts";
import type { MovableClock } from "./clock.ts";

export type Run = { readonly id: string; readonly clock: MovableClock; readonly password: string };

/** Ticks the items of a phase one after another, with the evidence each asks for; all, or the first few. */
export async function tickPhase(
  run: Run,
  people: readonly Actor[],
  phaseKey: string,
  count = Infinity,
): Promise<void> {
  const { checklist } = await current(run.id);
  const phase = [...checklist.phases, checklist.rollback].find(({ key }) => key === phaseKey);
  if (phase === undefined) throw new Error(`no phase ${phaseKey}`);
  for (const [index, { item }] of itemsOf(phase).entries()) {
    const person = people[index % people.length];
    if (index >= count || person === undefined) return;
    run.clock.advance((2 + (index % 5)) * MINUTE);
    await settle(run, person, item);
  }
}

export async function finishPhase(run: Run, person: Actor, phaseKey: string): Promise<void> {
  run.clock.advance(3 * MINUTE);
  await completePhase(person, { deploymentId: run.id, phase: phaseKey });
}

/** Approves as a role, with the digest that the record shows at that moment. */
export async function approve(
  run: Run,
  person: Actor,
  role: ApproverRole,
  comment: string | null,
): Promise<void> {
  run.clock.advance(7 * MINUTE);
  const digest = contentDigest(await current(run.id));
  await grantApproval(person, {
    deploymentId: run.id,
    role,
    digest,
    proof: { kind: "password", password: run.password },
    comment,
  });
}

/** Settles one item as people do: 'if …' items that do not apply are waived, the rest shown and ticked. */
export async function settle({ id, clock }: Run, person: Actor, item: ItemTemplate): Promise<void> {
  if (item.conditional === true) {
    await settleItem(person, id, { item: item.key, to: "not-applicable", reason: null });
    return;
  }
  const content = evidenceFor(item, clock.now());
  if (content !== null) await addEvidence(person, { deploymentId: id, item: item.key, content });
  if (item.requirement?.kind === "wait") clock.advance((item.requirement.minutes + 1) * MINUTE);
  await settleItem(person, id, { item: item.key, to: "done" });
}

export async function settleKey(run: Run, person: Actor, itemKey: string): Promise<void> {
  const place = findItem((await current(run.id)).checklist, itemKey);
  if (place === undefined) throw new Error(`no item ${itemKey}`);
  await settle(run, person, place.item);
}

async function current(id: string) {
  const loaded = await loadDeployment(id);
  if (loaded === null) throw new Error(`no deployment ${id}`);
  return loaded.deployment;
}

const MEASURED = { apiLatencyP95Ms: 312, apiLatencyP99Ms: 688, errorRatePercent: 0.04, coverage: 87.4 };

function evidenceFor({ key, requirement }: ItemTemplate, now: Date) {
  switch (requirement?.kind) {
    case "measurement":
    case "slo": {
      const metrics: readonly string[] =
        requirement.kind === "slo" ? requirement.metrics : [requirement.metric];
      const values = Object.fromEntries(
        Object.entries(MEASURED).filter(([metric]) => metrics.includes(metric)),
      );
      return { kind: "measurement" as const, values };
    }
    case "rotation": {
      const day = new Date(now.getTime() - 6 * 24 * 60 * MINUTE).toISOString().slice(0, 10);
      return {
        kind: "rotation" as const,
        rotatedOn: Object.fromEntries(requirement.classes.map(({ key }) => [key, day])),
      };
    }
    case "fresh-time":
      return { kind: "time" as const, at: new Date(now.getTime() - 10 * MINUTE).toISOString() };
    case "proof":
      return {
        kind: "link" as const,
        url: `https://ci.example.com/reports/${key}`,
        title: `Report: ${requirement.title}`,
      };
    default:
      return null;
  }
}
