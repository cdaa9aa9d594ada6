import {
  findItem,
  isCompleted,
  isSettled,
  isStarted,
  unfinishedSectionBefore,
  type ItemPlace,
} from "./checklist.ts";
import type { Decide } from "./change.ts";
import type { Deployment, Instant } from "./deployment.ts";
import type { CheckEvidence, EvidenceContent } from "./evidence.ts";
import type { EventDraft } from "./events.ts";
import type { FreezeWindow } from "./freezes.ts";
import { refuseOutOfTurn, startedPhase } from "./phases.ts";
import { Rejection } from "./rejection.ts";
import { judgeItem } from "./requirements.ts";
import { refuseEnded } from "./standstill.ts";
import type { Requirement } from "./template.ts";
import { HOUR, laterBy } from "./time.ts";
import { isSettledByMachine, standingVerdicts } from "./verdicts.ts";

/** Ticks an item whose requirement is met at `now`. A tick that stands already changes nothing. */
export function checkItem(itemKey: string): Decide {
  return (deployment, now, freezes) => {
    const { place, drafts } = changeableItem(deployment, itemKey, now, freezes);
    if (deployment.items[itemKey]?.status === "done") return [];
    const judgement = judgeItem(deployment, place.item, now);
    if (judgement !== null && judgement.verdict !== "met") {
      throw new Rejection("requirement-unmet", judgement.message, {
        blockers: [
          {
            code: `requirement-${judgement.verdict}`,
            message: judgement.message,
            item: itemKey,
            phase: place.phase.key,
          },
        ],
      });
    }
    return [...drafts, { type: "item.checked", data: refTo(place) }];
  };
}

/** Takes back a tick or a 'not applicable'. An open item stays as it is. */
export function clearItem(itemKey: string): Decide {
  return (deployment, now, freezes) => {
    const { place, drafts } = changeableItem(deployment, itemKey, now, freezes);
    const status = deployment.items[itemKey]?.status ?? "open";
    if (status === "open") return [];
    const type = status === "done" ? "item.unchecked" : "item.waiver-withdrawn";
    return [...drafts, { type, data: refTo(place) }];
  };
}

/**
 * Marks an item not applicable. A conditional item needs no reason; any other does, and a
 * critical one a team lead besides (`mayWaiveCritical`).
 */
export function waiveItem(itemKey: string, reason: string | null, mayWaiveCritical: boolean): Decide {
  return (deployment, now, freezes) => {
    const { place, drafts } = changeableItem(deployment, itemKey, now, freezes);
    const { item } = place;
    if (item.critical === true && !mayWaiveCritical) {
      throw new Rejection("forbidden", "Only a team lead may mark a critical item as not applicable");
    }
    if (item.conditional !== true && reason === null) {
      throw new Rejection("reason-required", "Say why this item is not applicable", {
        fields: { reason: "Say why this item is not applicable" },
      });
    }
    const state = deployment.items[itemKey];
    if (state?.status === "not-applicable" && state.reason === reason) return [];
    return [...drafts, { type: "item.waived", data: { ...refTo(place), reason } }];
  };
}

/**
 * Records evidence; what lies in the future or does not fit the requirement is refused, and what is
 * recorded already changes nothing.
 */
export function addEvidence(itemKey: string, evidenceId: string, content: EvidenceContent): Decide {
  return (deployment, now, freezes) => {
    if (deployment.evidence.some(({ id }) => id === evidenceId)) return [];
    const { place, drafts } = changeableItem(deployment, itemKey, now, freezes);
    refuseMisfit(place, content, now);
    return [...drafts, { type: "evidence.added", data: { ...refTo(place), evidenceId, content } }];
  };
}

/**
 * Records a machine's verdict and ticks what it settles. A verdict that is recorded already changes
 * nothing, whatever became of its item since.
 */
export function addVerdict(
  deployment: Deployment,
  itemKey: string,
  evidenceId: string,
  content: CheckEvidence,
): readonly Decide[] {
  if (deployment.evidence.some(({ id }) => id === evidenceId)) return [];
  return [addEvidence(itemKey, evidenceId, content), tickIfSettledByMachine(itemKey)];
}

/** Ticks an item that a machine has just settled; changes nothing where that is not so. */
export function tickIfSettledByMachine(itemKey: string): Decide {
  return (deployment, now, freezes) => {
    const { place } = changeableItem(deployment, itemKey, now, freezes);
    if (isSettled(deployment, itemKey) || !isSettledByMachine(deployment, place.item)) return [];
    if (judgeItem(deployment, place.item, now)?.verdict !== "met") return [];
    return [{ type: "item.checked", data: refTo(place) }];
  };
}

/** Lets a machine's newest verdict, which is no pass, count as one: a team lead's word, for good. */
export function overruleVerdict(evidenceId: string, reason: string): Decide {
  return (deployment, now, freezes) => {
    const entry = deployment.evidence.find(({ id }) => id === evidenceId);
    if (entry?.content.kind !== "check") throw new Rejection("not-found", "There is no such verdict");
    const { place, drafts } = changeableItem(deployment, entry.itemKey, now, freezes);
    if (entry.overruled !== null) return [];
    const standing = standingVerdicts(deployment, place.item);
    if (entry.content.verdict === "pass" || !standing.some((verdict) => verdict.entry === entry)) {
      throw new Rejection(
        "not-overrulable",
        "Only the newest verdict, and only one that is no pass, is overruled",
      );
    }
    const { title: check } = entry.content;
    return [...drafts, { type: "verdict.overruled", data: { ...refTo(place), evidenceId, check, reason } }];
  };
}

/** Rule 1: the item, if it may change at `now`, with the start of its phase if that has not begun. */
function changeableItem(
  deployment: Deployment,
  itemKey: string,
  now: Instant,
  freezes: readonly FreezeWindow[],
): { place: ItemPlace; drafts: readonly EventDraft[] } {
  const place = findItem(deployment.checklist, itemKey);
  if (place === undefined) throw new Rejection("not-found", "There is no such item on this deployment");
  const { phase } = place;
  refuseEnded(deployment);
  if (isCompleted(deployment, phase.key)) {
    throw new Rejection("phase-completed", `${phase.title} is complete; a team lead can reopen it`);
  }
  if (phase.key === deployment.checklist.rollback.key) {
    refuseLockedRollbackStep(deployment, place);
    return { place, drafts: [] };
  }
  if (deployment.rollback !== null) {
    throw new Rejection("phase-frozen", "A rollback is running; the other phases are frozen");
  }
  refuseOutOfTurn(deployment, phase);
  return {
    place,
    drafts: isStarted(deployment, phase.key) ? [] : startedPhase(deployment, phase, now, freezes),
  };
}

// Rule 7: the rollback list opens step by step, a section when the ones before it are done.
function refuseLockedRollbackStep(deployment: Deployment, { phase, section }: ItemPlace): void {
  if (deployment.rollback === null) {
    throw new Rejection("phase-locked", `${phase.title} is locked: no rollback has been triggered`);
  }
  const blocking = unfinishedSectionBefore(deployment, phase, section);
  if (blocking !== undefined) {
    throw new Rejection("section-locked", `Finish ${blocking.title} first`);
  }
}

function refuseMisfit({ item }: ItemPlace, content: EvidenceContent, now: Instant): void {
  const refuse = (field: string, message: string) => {
    throw new Rejection("invalid-input", message, { fields: { [field]: message } });
  };
  const { requirement } = item;
  if (content.kind === "time") {
    if (requirement?.kind !== "fresh-time") refuse("content.kind", "This item takes no time as evidence");
    if (content.at > now) refuse("content.at", "The time lies in the future");
  }
  if (content.kind === "rotation") {
    if (requirement?.kind !== "rotation") return refuse("content.kind", "This item takes no rotation dates");
    const known = requirement.classes.map(({ key }) => key);
    for (const [key, date] of Object.entries(content.rotatedOn)) {
      if (!known.includes(key)) refuse(`content.rotatedOn.${key}`, "Unknown class of secrets");
      // East of UTC it may already be tomorrow.
      if (`${date}T00:00:00.000Z` > laterBy(now, 14 * HOUR)) {
        refuse(`content.rotatedOn.${key}`, "The date lies in the future");
      }
    }
  }
  if (content.kind === "check" && !item.checks?.some(({ checker }) => checker === content.checker)) {
    refuse("checker", `This item takes no ${content.title}`);
  }
  if (content.kind === "measurement") {
    const metrics = metricsOf(requirement);
    if (metrics.length === 0) refuse("content.kind", "This item takes no measured value");
    const unknown = Object.keys(content.values).find((metric) => !metrics.some((known) => known === metric));
    if (unknown !== undefined)
      refuse(`content.values.${unknown}`, `Unknown metric; this item takes ${metrics.join(", ")}`);
  }
}

function metricsOf(requirement: Requirement | undefined): readonly string[] {
  if (requirement?.kind === "measurement") return [requirement.metric];
  return requirement?.kind === "slo" ? requirement.metrics : [];
}

function refTo({ item }: ItemPlace): { readonly item: string; readonly title: string } {
  return { item: item.key, title: item.title };
}
