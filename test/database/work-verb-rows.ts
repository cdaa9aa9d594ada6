import { assignItems, setItemsDue } from "#lib/services/assignments.ts";
import { addComment, deleteComment, editComment } from "#lib/services/comments.ts";
import { cancelDeployment } from "#lib/services/rollback.ts";
import { load } from "#test/support/factories.ts";
import { nothing, team, type Verb } from "./verb-rows.ts";

const commented = async (id: string) => {
  await addComment(team.engineer, { deploymentId: id, item: "cdn", text: "Why?", mentions: [] });
};
const commentOn = async (id: string) => ({
  deploymentId: id,
  commentId: (await load(id)).comments.at(-1)?.id ?? "",
});
const commentDeleted = async (id: string) => {
  await commented(id);
  await deleteComment(team.lead, await commentOn(id));
};
const cancelled = (id: string) => cancelDeployment(team.lead, { deploymentId: id, reason: "Not needed." });

/** The verbs about who does what by when, and about what is said. */
export const WORK_VERBS: readonly Verb[] = [
  {
    name: "assignItems",
    prepare: nothing,
    run: (actor, id) =>
      assignItems(actor, {
        deploymentId: id,
        items: ["mtls-enabled", "staging-matches"],
        ownerId: team.engineer2.id,
      }),
    by: () => team.engineer,
    wrongRole: () => team.sre,
    leaves: ["items.assigned"],
    tooEarly: { prepare: cancelled, code: "deployment-ended" },
  },
  {
    name: "setItemsDue",
    prepare: nothing,
    run: (actor, id) =>
      setItemsDue(actor, { deploymentId: id, items: ["cdn"], dueAt: "2030-01-01T00:00:00.000Z" }),
    by: () => team.lead,
    wrongRole: () => team.engineer,
    leaves: ["items.due-set"],
    tooEarly: { prepare: cancelled, code: "deployment-ended" },
  },
  {
    name: "addComment",
    prepare: nothing,
    run: (actor, id) =>
      addComment(actor, { deploymentId: id, item: null, text: "Ready?", mentions: [team.lead.id] }),
    by: () => team.product,
    wrongRole: () => team.auditor,
    leaves: ["comment.added"],
    // What was said belongs to the record before and after its end.
    tooEarly: null,
    second: "added twice",
  },
  {
    name: "editComment",
    prepare: commented,
    run: async (actor, id) =>
      editComment(actor, { ...(await commentOn(id)), text: "Why now?", mentions: [] }),
    by: () => team.engineer,
    wrongRole: () => team.lead,
    leaves: ["comment.edited"],
    tooEarly: { prepare: commentDeleted, code: "not-found" },
  },
  {
    name: "deleteComment",
    prepare: commented,
    run: async (actor, id) => deleteComment(actor, await commentOn(id)),
    by: () => team.engineer,
    wrongRole: () => team.engineer2,
    leaves: ["comment.deleted"],
    tooEarly: { code: "not-found" },
  },
];
