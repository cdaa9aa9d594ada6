"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useState } from "react";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";

const Initial = createContext<DeploymentView | null>(null);

/**
 * Holds one record for all tabs of its page, as the server rendered it and then live. It comes as
 * JSON: one text crosses to the browser a good deal cheaper than the thousand values within it.
 */
export function DeploymentProvider({ json, children }: { json: string; children: ReactNode }) {
  const [client] = useState(() => new QueryClient());
  const [initial] = useState(() => viewFrom(JSON.parse(json)));
  return (
    <QueryClientProvider client={client}>
      <Initial value={initial}>{children}</Initial>
    </QueryClientProvider>
  );
}

// Only this app writes such JSON, from `getDeployment`'s view, in the version that reads it here.
export function viewFrom(json: unknown): DeploymentView {
  return json as DeploymentView;
}

export function useInitialDeployment(): DeploymentView {
  const initial = useContext(Initial);
  if (initial === null) throw new Error("this stands outside a deployment's page");
  return initial;
}
