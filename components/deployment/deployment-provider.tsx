"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { InitialDeployment, viewFrom } from "./initial-deployment.ts";
import { RecordActivity } from "./record-activity.tsx";

/**
 * Holds one record for all tabs of its page, as the server rendered it and then live. It comes as
 * JSON: one text crosses to the browser a good deal cheaper than the thousand values within it.
 */
export function DeploymentProvider({ json, children }: { json: string; children: ReactNode }) {
  const [client] = useState(() => new QueryClient());
  const [initial] = useState(() => viewFrom(JSON.parse(json)));
  return (
    <QueryClientProvider client={client}>
      <InitialDeployment value={initial}>
        <RecordActivity>{children}</RecordActivity>
      </InitialDeployment>
    </QueryClientProvider>
  );
}
