"use client";

import { addCommentAction } from "#lib/actions/comments.ts";
import { useDeployment, useRefresh } from "#components/deployment/use-deployment.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { CommentEntry } from "./comment-entry.tsx";
import { CommentForm } from "./comment-form.tsx";
import { useComments } from "./use-comments.ts";

type CommentsProps = {
  /** The key of an item; null for what is said on the record as a whole. */
  readonly item: string | null;
  /** How many stand there, as the record says. */
  readonly count: number;
  readonly empty: string;
};

/** What was said at one place of the record, oldest first, and the field to say more. */
export function Comments({ item, count, empty }: CommentsProps) {
  const view = useDeployment();
  const refreshRecord = useRefresh();
  const { comments, isError, hasNextPage, fetchNextPage, isFetchingNextPage, refresh } = useComments(
    item,
    count,
  );
  const changed = async () => {
    await Promise.all([refresh(), refreshRecord()]);
  };
  const ability = view.abilities.comment;
  return (
    <div className="grid gap-3">
      {isError && <Notice tone="attention" title="The comments could not be read; they are tried again." />}
      {comments === undefined && !isError && <Skeleton className="h-12" />}
      {comments?.length === 0 && <p className="text-ink-muted">{empty}</p>}
      {hasNextPage && (
        <Button size="sm" variant="ghost" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show earlier ones
        </Button>
      )}
      {comments !== undefined && comments.length > 0 && (
        <ul aria-label="Comments" className="divide-y divide-line">
          {comments.toReversed().map((comment) => (
            <CommentEntry
              key={comment.id}
              deploymentId={view.id}
              comment={comment}
              now={view.now}
              onChanged={changed}
            />
          ))}
        </ul>
      )}
      {ability.allowed ? (
        <CommentForm
          draft={`${view.id}:${item ?? "record"}:comment`}
          label="Comment"
          submit="Send"
          action={addCommentAction}
          about={{ deploymentId: view.id, item }}
          onDone={changed}
        />
      ) : (
        <p className="text-sm text-ink-faint">{ability.reason}.</p>
      )}
    </div>
  );
}
