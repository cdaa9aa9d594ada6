"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useState } from "react";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";

const Initial = createContext<DeploymentView | null>(null);

/** Holds one record for all tabs of its page, as the server rendered it and then live. */
export function DeploymentProvider({ initial, children }: { initial: DeploymentView; children: ReactNode }) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Initial value={initial}>{children}</Initial>
    </QueryClientProvider>
  );
}

export function useInitialDeployment(): DeploymentView {
  const initial = useContext(Initial);
  if (initial === null) throw new Error("this stands outside a deployment's page");
  return initial;
}
