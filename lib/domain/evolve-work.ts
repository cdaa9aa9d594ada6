import type { Comment, Deployment, Stamp } from "./deployment.ts";
import type { DeploymentEvent } from "./events.ts";

type WorkEvent = Extract<DeploymentEvent, { readonly type: `items.${string}` | `comment.${string}` }>;

/** The record after an event about who does what by when, or about what was said. */
export function evolveWork(deployment: Deployment, event: WorkEvent, stamp: Stamp): Deployment {
  switch (event.type) {
    case "items.assigned": {
      const { items, ownerId: id, ownerName: name } = event.data;
      const owner = id === null || name === null ? null : { id, name };
      return { ...deployment, owners: withEach(deployment.owners, items, owner) };
    }
    case "items.due-set":
      return { ...deployment, dues: withEach(deployment.dues, event.data.items, event.data.dueAt) };
    case "comment.added": {
      const { commentId: id, item: itemKey, text, mentions } = event.data;
      const never = { edited: null, edits: 0, deleted: null };
      const named = withNamed({}, mentions, event.seq);
      const comment = { id, itemKey, text, mentions, named, added: stamp, ...never, seq: event.seq };
      return { ...deployment, comments: [...deployment.comments, comment] };
    }
    case "comment.edited": {
      const { commentId, text, mentions } = event.data;
      return withComment(deployment, commentId, ({ added, named, edits }) => ({
        text,
        mentions,
        named: withNamed(named, mentions, event.seq),
        // Its author alone edits it: by the name that it was written under, whether in a session or by a token.
        edited: { at: stamp.at, by: { ...added.by, id: stamp.by.id } },
        edits: edits + 1,
      }));
    }
    case "comment.deleted":
      return withComment(deployment, event.data.commentId, () => ({
        text: null,
        mentions: [],
        deleted: stamp,
      }));
  }
}

function withEach<T>(
  before: Readonly<Record<string, T>>,
  items: readonly { readonly item: string }[],
  value: T | null,
): Readonly<Record<string, T>> {
  const keys = items.map(({ item }) => item);
  const others = Object.entries(before).filter(([key]) => !keys.includes(key));
  return Object.fromEntries(
    value === null ? others : [...others, ...keys.map((key) => [key, value] as const)],
  );
}

function withComment(
  deployment: Deployment,
  id: string,
  change: (comment: Comment) => Partial<Comment>,
): Deployment {
  return {
    ...deployment,
    comments: deployment.comments.map((comment) =>
      comment.id === id ? { ...comment, ...change(comment) } : comment,
    ),
  };
}

function withNamed(named: Comment["named"], mentions: readonly string[], seq: number): Comment["named"] {
  return { ...Object.fromEntries(mentions.map((id) => [id, seq])), ...named };
}
