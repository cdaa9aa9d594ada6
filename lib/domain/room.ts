import type { Actor } from "./actor.ts";
import { findItem } from "./checklist.ts";
import type { Deployment } from "./deployment.ts";
import type { EventDraft } from "./events.ts";
import type { EvidenceContent } from "./evidence.ts";
import { fileIn } from "./named-files.ts";
import { Rejection } from "./rejection.ts";

/** How much a record takes, since its page shows all of it; deleted comments count. */
export const COMMENTS_OF_RECORD = 1_000;
/** Every wording stays in the history, which pages, bundles and verifications read as a whole. */
export const EDITS_OF_COMMENT = 50;
export const EDITS_OF_RECORD = 1_000;
/** Pieces of evidence from people and pipelines; for what the system sees by itself: `isNews`. */
export const EVIDENCE_OF_ITEM = 200;
export const EVIDENCE_OF_RECORD = 2_000;

/** Bytes of its files together: a bundle takes all of them out. */
export const FILES_OF_RECORD = 2 * 1024 ** 3;

/** Refuses with `record-full` to add to a record that has as many comments, edits or pieces of evidence as it takes. */
export function refuseFull(deployment: Deployment, draft: EventDraft, actor: Actor): void {
  const { comments, evidence, checklist } = deployment;
  if (draft.type === "comment.added" && comments.length >= COMMENTS_OF_RECORD) {
    throw new Rejection(
      "record-full",
      `This record has ${COMMENTS_OF_RECORD.toLocaleString("en")} comments, as many as it takes`,
    );
  }
  if (draft.type === "comment.edited") refuseEdit(deployment, draft.data.commentId);
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
  refuseFile(evidence, draft.data.content);
}

function refuseFile(evidence: Deployment["evidence"], content: EvidenceContent): void {
  if (fileIn(content) === null) return;
  const files = [...evidence.map((entry) => entry.content), content].map(fileIn);
  const bytes = new Map(files.flatMap((file) => (file === null ? [] : [[file.fileId, file.bytes]])));
  if (bytes.values().reduce((sum, each) => sum + each, 0) <= FILES_OF_RECORD) return;
  throw new Rejection("record-full", "This record has 2 GB of files, as many as it takes");
}

function refuseEdit({ comments }: Deployment, commentId: string): void {
  const edits = comments.find(({ id }) => id === commentId)?.edits ?? 0;
  if (edits >= EDITS_OF_COMMENT) {
    const message = `This comment has been edited ${EDITS_OF_COMMENT} times, as often as it takes`;
    throw new Rejection("record-full", message);
  }
  if (comments.reduce((sum, comment) => sum + comment.edits, 0) >= EDITS_OF_RECORD) {
    const times = EDITS_OF_RECORD.toLocaleString("en");
    const message = `Comments of this record have been edited ${times} times, as often as it takes`;
    throw new Rejection("record-full", message);
  }
}
