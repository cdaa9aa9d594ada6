"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ActionResult } from "#lib/actions/action-result.ts";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import { callAction } from "#components/forms/call-action.ts";
import { useInitialDeployment, viewFrom } from "./deployment-provider.tsx";

const POLL_MS = 2_000;

/** The record as it stands, kept up to date while the page is visible. */
export function useDeployment(): DeploymentView {
  const initial = useInitialDeployment();
  const { data } = useQuery({
    queryKey: keyOf(initial.id),
    queryFn: ({ signal }) => fetchDeployment(initial.id, signal),
    initialData: initial,
    staleTime: POLL_MS,
    refetchInterval: POLL_MS,
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
