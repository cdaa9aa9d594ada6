"use client";

import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { CommentPage } from "#lib/queries/list-comments.ts";
import { useInitialDeployment } from "#components/deployment/initial-deployment.ts";
import { useLive } from "#components/live/live-provider.tsx";

const PAGE = 30;

/** What was said at one place of the record, newest first, read anew when something else is said there. */
export function useComments(item: string | null, count: number) {
  const { id } = useInitialDeployment();
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: ["comments", id, item, count],
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => fetchPage(id, item, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    retry: false,
  });
  const refresh = useCallback(
    () => client.invalidateQueries({ queryKey: ["comments", id, item] }),
    [client, id, item],
  );
  // One's own as well: it may have been said in another tab.
  useLive((message) => {
    if (message.kind === "ready") return void refresh();
    if (message.kind !== "change" || message.event.deployment !== id) return;
    if (message.event.type.startsWith("comment.") && message.event.item === item) void refresh();
  });
  return { ...query, comments: query.data?.pages.flatMap(({ comments }) => comments), refresh };
}

async function fetchPage(
  id: string,
  item: string | null,
  cursor: string | null,
  signal: AbortSignal,
): Promise<CommentPage> {
  const query = new URLSearchParams({
    limit: String(PAGE),
    ...(item !== null && { item }),
    ...(cursor !== null && { cursor }),
  });
  const answer = await fetch(`/api/v1/deployments/${id}/comments?${query}`, { signal, cache: "no-store" });
  if (!answer.ok) throw new Error(`reading the comments answered ${answer.status}`);
  return pageIn(await answer.json());
}

// Only `listCommentsEndpoint` answers there.
function pageIn(json: unknown): CommentPage {
  return json as CommentPage;
}
