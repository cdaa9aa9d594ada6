import type { Actor } from "./actor.ts";
import { findItem } from "./checklist.ts";
import type { Deployment } from "./deployment.ts";
import type { EventDraft } from "./events.ts";
import { Rejection } from "./rejection.ts";

/** How much a record takes, since its page shows all of it; deleted comments count. */
export const COMMENTS_OF_RECORD = 1_000;
/** Pieces of evidence from people and pipelines; for what the system sees by itself: `isNews`. */
export const EVIDENCE_OF_ITEM = 200;
export const EVIDENCE_OF_RECORD = 2_000;

/** Refuses with `record-full` to add to a record that has as many comments or pieces of evidence as it takes. */
export function refuseFull(
  { comments, evidence, checklist }: Deployment,
  draft: EventDraft,
  actor: Actor,
): void {
  if (draft.type === "comment.added" && comments.length >= COMMENTS_OF_RECORD) {
    throw new Rejection(
      "record-full",
      `This record has ${COMMENTS_OF_RECORD.toLocaleString("en")} comments, as many as it takes`,
    );
  }
  if (draft.type !== "evidence.added" || actor.kind === "system") return;
  const brought = evidence.filter(({ source }) => source !== "system");
  const { item } = draft.data;
  if (brought.filter(({ itemKey }) => itemKey === item).length >= EVIDENCE_OF_ITEM) {
    const title = findItem(checklist, item)?.item.title ?? item;
    const message = `“${title}” has ${EVIDENCE_OF_ITEM} pieces of evidence, as many as an item takes`;
    throw new Rejection("record-full", message);
  }
  if (brought.length >= EVIDENCE_OF_RECORD) {
    const message = `This record has ${EVIDENCE_OF_RECORD.toLocaleString("en")} pieces of evidence, as many as it takes`;
    throw new Rejection("record-full", message);
  }
}
