import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import { checkEvidence, checksOfOpenPhase, contextOf, type UsedCheck } from "#lib/domain/check-uses.ts";
import type { CheckResult, Verdict } from "#lib/domain/check-result.ts";
import { findItem } from "#lib/domain/checklist.ts";
import { addVerdict } from "#lib/domain/checklist-items.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import type { AddReportInput } from "#lib/domain/inputs/evidence.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import type { SloTargets } from "#lib/domain/slo.ts";
import { now } from "#lib/clock.ts";
import { loadToChange } from "#lib/db/change-deployment.ts";
import { newFile, storedFile } from "#lib/db/files.ts";
import type { ReportChecker } from "#lib/evidence/checker.ts";
import { judgeReport } from "#lib/evidence/judge-report.ts";
import { TooMuchWaiting } from "#lib/fair-turns.ts";
import { findChecker } from "#lib/evidence/registry.ts";
import { Unreadable } from "#lib/evidence/unreadable.ts";
import { changeChecklist } from "./change-checklist.ts";
import { derivedId } from "./derived-id.ts";
import { mediaTypeOf } from "./media-type.ts";

export type ReportVerdict = {
  readonly item: string;
  readonly evidenceId: string;
  readonly verdict: Verdict;
  readonly summary: string;
  /** Whether the item is settled now. */
  readonly settled: boolean;
};

/**
 * Judges a report that a pipeline uploads and records the verdict, with what may be kept of it, on one
 * item or on every item of the open phase that takes it; a pass ticks. Rejects with
 * `unreadable-report` what is no such report. A repeat with the same id changes nothing.
 */
export async function addReport(
  actor: Actor,
  { item, checker, label, name, bytes, ...ref }: AddReportInput,
  id: string = randomUUID(),
): Promise<readonly ReportVerdict[]> {
  const { title } = reportChecker(checker);
  const { deployment } = await loadToChange(actor, ref, "evidence.add");
  const before = verdictsUnder(deployment, id);
  if (before.length > 0) return before;
  const uses = usesFor(deployment, checker, item);
  const { kept, resultOn } = await judge(actor.id, deployment, checker, uses, bytes);
  const file = newFile(id, name, await mediaTypeOf(kept), kept);
  const { after } = await changeChecklist(
    actor,
    ref,
    "evidence.add",
    (current) =>
      usesFor(current, checker, item).flatMap(({ item: { key }, use }) => {
        const result = resultOn(current, key);
        const content = checkEvidence(use, title, label, result, storedFile(file), now());
        return addVerdict(current, key, derivedId(id, key), content);
      }),
    { file },
  );
  return verdictsUnder(after, id);
}

function verdictsUnder({ evidence, items }: Deployment, id: string): readonly ReportVerdict[] {
  return evidence.flatMap(({ id: evidenceId, itemKey, content }) =>
    content.kind === "check" && evidenceId === derivedId(id, itemKey)
      ? [
          {
            item: itemKey,
            evidenceId,
            verdict: content.verdict,
            summary: content.summary,
            settled: items[itemKey]?.status === "done",
          },
        ]
      : [],
  );
}

type Judged = {
  readonly kept: Buffer;
  /** Rejects with `conflict` when the record has since come to ask something else. */
  readonly resultOn: (current: Deployment, itemKey: string) => CheckResult;
};

// Once and outside the record's door, which tries again with whatever others left.
async function judge(
  who: string,
  deployment: Deployment,
  checker: string,
  uses: readonly UsedCheck[],
  bytes: Uint8Array,
): Promise<Judged> {
  const context = contextOf(deployment, now());
  const { kept, results } = await readable(
    judgeReport({
      who,
      checker,
      report: textOf(bytes),
      questions: uses.map(({ use: { parameters } }) => ({ parameters, context })),
    }),
  );
  const byItem = new Map(uses.map(({ item: { key } }, index) => [key, results[index]]));
  return {
    kept: Buffer.from(kept),
    resultOn: (current, itemKey) => {
      const result = byItem.get(itemKey);
      if (result !== undefined && isSame(current.details.slo, context.slo)) return result;
      throw new Rejection("conflict", "The record changed while the report was judged; send it again");
    },
  };
}

function isSame(a: SloTargets, b: SloTargets): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function reportChecker(key: string): ReportChecker {
  const checker = findChecker(key);
  if (checker?.kind === "report") return checker;
  const message = `There is no checker of reports “${key}”`;
  throw new Rejection("invalid-input", message, { fields: { checker: message } });
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Rejection("unreadable-report", "The report is not UTF-8 text");
  }
}

function usesFor(deployment: Deployment, checker: string, itemKey: string | undefined): readonly UsedCheck[] {
  if (itemKey === undefined) {
    const uses = checksOfOpenPhase(deployment).filter(({ use }) => use.checker === checker);
    if (uses.length > 0) return uses;
    throw new Rejection("phase-locked", `No item of the open phase takes a report of ${checker}`);
  }
  const place = findItem(deployment.checklist, itemKey);
  if (place === undefined) throw new Rejection("not-found", "There is no such item on this deployment");
  const use = place.item.checks?.find((candidate) => candidate.checker === checker);
  if (use !== undefined) return [{ item: place.item, use }];
  const message = `“${place.item.title}” takes no report of ${checker}`;
  throw new Rejection("invalid-input", message, { fields: { checker: message } });
}

async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Unreadable) throw new Rejection("unreadable-report", error.message);
    if (error instanceof TooMuchWaiting)
      throw new Rejection("rate-limited", "Other reports of yours are being judged; try again in a minute");
    throw error;
  }
}
