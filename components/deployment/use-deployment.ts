"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import type { ActionResult } from "#lib/actions/action-result.ts";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import type { LiveEvent } from "#lib/queries/live-event.ts";
import { callAction } from "#components/forms/call-action.ts";
import { useConnection } from "#components/live/live-provider.tsx";
import { withEvent } from "./with-event.ts";
import { useInitialDeployment, viewFrom } from "./initial-deployment.ts";

// The stream tells of every event. What changes without one, by the clock or by a check that found
// no news, is seen this late; and where no stream gets through, the page asks more often.
const POLL_MS = 20_000;
const POLL_WITHOUT_STREAM_MS = 4_000;

/** The record as it stands. */
export function useDeployment(): DeploymentView {
  const initial = useInitialDeployment();
  const { state } = useConnection();
  const { data } = useQuery({
    queryKey: keyOf(initial.id),
    queryFn: ({ signal }) => fetchDeployment(initial.id, signal),
    initialData: initial,
    // What fails is read again by the clock, and by the stream when it is back.
    networkMode: "always",
    retry: false,
    staleTime: POLL_WITHOUT_STREAM_MS,
    refetchInterval: state === "open" ? POLL_MS : POLL_WITHOUT_STREAM_MS,
  });
  return data;
}

/** Reads the record anew, past whatever reading was under way. */
export function useRefresh(): () => Promise<void> {
  const { id } = useInitialDeployment();
  const client = useQueryClient();
  return useCallback(
    () => client.invalidateQueries({ queryKey: keyOf(id) }, { cancelRefetch: true }),
    [client, id],
  );
}

/**
 * Reads the record until it is at least at a revision that was told of. What is told while a reading
 * is under way makes one more, not one each.
 */
export function useCatchUp(): (revision: number) => void {
  const { id } = useInitialDeployment();
  const client = useQueryClient();
  const target = useRef(0);
  const reading = useRef(false);
  return useCallback(
    (revision) => {
      target.current = Math.max(target.current, revision);
      if (reading.current) return;
      reading.current = true;
      const isBehind = () => (client.getQueryData<DeploymentView>(keyOf(id))?.revision ?? 0) < target.current;
      const failures = () => client.getQueryState(keyOf(id))?.errorUpdateCount ?? 0;
      const read = async () => {
        const before = failures();
        while (isBehind() && failures() === before)
          await client.refetchQueries({ queryKey: keyOf(id) }, { cancelRefetch: false });
        reading.current = false;
      };
      void read();
    },
    [client, id],
  );
}

/** Shows at once what an event says of an item; all that follows from it comes with the next reading. */
export function useShowEvent(): (event: LiveEvent) => void {
  const { id } = useInitialDeployment();
  const client = useQueryClient();
  return useCallback(
    (event) =>
      client.setQueryData<DeploymentView>(
        keyOf(id),
        (view) => view && (event.seq > view.revision ? withEvent(view, event) : view),
        { updatedAt: client.getQueryState(keyOf(id))?.dataUpdatedAt },
      ),
    [client, id],
  );
}

/** The record as this page has it at this very moment, for what is decided after an answer. */
export function useCurrent(): () => DeploymentView {
  const initial = useInitialDeployment();
  const client = useQueryClient();
  return useCallback(
    () => client.getQueryData<DeploymentView>(keyOf(initial.id)) ?? initial,
    [client, initial],
  );
}

/** Calls a server action on the record and then shows what it left, refused or not. */
export function useChange(): <T>(
  action: (input: unknown) => Promise<ActionResult<T>>,
  input: unknown,
) => Promise<ActionResult<T>> {
  const refresh = useRefresh();
  return useCallback(
    async (action, input) => {
      const result = await callAction(action, input);
      await refresh();
      return result;
    },
    [refresh],
  );
}

const keyOf = (id: string) => ["deployment", id] as const;

// The browser's own cache answers 304 from what it holds, so an unchanged record costs no body.
async function fetchDeployment(id: string, signal: AbortSignal): Promise<DeploymentView> {
  const answer = await fetch(`/api/v1/deployments/${id}`, { signal, cache: "no-cache" });
  if (!answer.ok) throw new Error(`reading the deployment answered ${answer.status}`);
  return viewFrom(await answer.json());
}
