"use client";

import { useState } from "react";
import { deleteCommentAction, editCommentAction } from "#lib/actions/comments.ts";
import type { ActionFailure } from "#lib/actions/action-result.ts";
import type { CommentView } from "#lib/queries/list-comments.ts";
import { callAction } from "#components/forms/call-action.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Initials } from "#components/ui/initials.tsx";
import { Time } from "#components/ui/time.tsx";
import { CommentForm } from "./comment-form.tsx";
import { CommentText } from "./comment-text.tsx";

type CommentEntryProps = {
  readonly deploymentId: string;
  readonly comment: CommentView;
  readonly now: string;
  readonly onChanged: () => Promise<void>;
};

/** One comment, with what its reader may do to it in place. */
export function CommentEntry({ deploymentId, comment, now, onChanged }: CommentEntryProps) {
  const { id: commentId, added, text } = comment;
  const [doing, setDoing] = useState<"edit" | "delete" | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const done = async () => {
    await onChanged();
    setDoing(null);
  };
  const remove = async () => {
    const result = await callAction(deleteCommentAction, { deploymentId, commentId });
    setFailure(result.ok ? null : result);
    if (result.ok) await done();
  };
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 gap-y-1 py-3">
      <Initials name={added.by.name} decorative className="mt-0.5" />
      <div className="grid gap-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{added.by.name}</span>
          <Time at={added.at} now={now} className="text-sm text-ink-faint" />
          {comment.editedAt !== null && comment.deleted === null && (
            <span className="text-sm text-ink-faint">
              edited <Time at={comment.editedAt} now={now} />
            </span>
          )}
        </p>
        {comment.deleted !== null && (
          <p className="text-ink-faint italic">
            Deleted by {comment.deleted.by.name}, <Time at={comment.deleted.at} now={now} />
          </p>
        )}
        {text !== null && doing !== "edit" && <CommentText text={text} mentions={comment.mentions} />}
        {text !== null && doing === "edit" && (
          <CommentForm
            draft={`${deploymentId}:comment:${commentId}`}
            label="Say it differently"
            submit="Save"
            text={text}
            action={editCommentAction}
            about={{ deploymentId, commentId }}
            onDone={done}
            onCancel={() => setDoing(null)}
          />
        )}
        <FailureNotice failure={failure} />
        {doing === "delete" && (
          <p className="flex flex-wrap items-center gap-2 text-sm">
            What it said stays in the history.
            <Button size="sm" variant="danger" onClick={remove}>
              Delete
            </Button>
            <Button size="sm" variant="ghost" onClick={() => setDoing(null)}>
              Keep
            </Button>
          </p>
        )}
        {doing === null && (comment.mayEdit || comment.mayDelete) && (
          <p className="-ml-2 flex gap-1">
            {comment.mayEdit && (
              <Button size="sm" variant="ghost" onClick={() => setDoing("edit")}>
                Edit
              </Button>
            )}
            {comment.mayDelete && (
              <Button size="sm" variant="ghost" onClick={() => setDoing("delete")}>
                Delete…
              </Button>
            )}
          </p>
        )}
      </div>
    </li>
  );
}
