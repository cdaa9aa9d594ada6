"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { DeploymentPerson } from "#lib/queries/deployment-people.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { useInitialDeployment } from "./initial-deployment.ts";

const FRESH_MS = 60_000;

/** Everybody who sees this record, by name; none until they are read. */
export function usePeople(): readonly DeploymentPerson[] {
  const { id } = useInitialDeployment();
  const client = useQueryClient();
  useLive(({ kind }) => {
    if (kind === "surroundings") void client.invalidateQueries({ queryKey: ["people", id] });
  });
  const { data } = useQuery({
    queryKey: ["people", id],
    queryFn: async ({ signal }) => {
      const answer = await fetch(`/api/v1/deployments/${id}/people`, { signal });
      if (!answer.ok) throw new Error(`reading the people answered ${answer.status}`);
      return peopleIn(await answer.json());
    },
    staleTime: FRESH_MS,
    retry: false,
  });
  return data ?? NOBODY;
}

const NOBODY: readonly DeploymentPerson[] = [];

// Only `listDeploymentPeopleEndpoint` answers there.
function peopleIn(json: unknown): readonly DeploymentPerson[] {
  return (json as { people: readonly DeploymentPerson[] }).people;
}
