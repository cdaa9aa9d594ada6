"use client";

import { createContext, useContext } from "react";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";

export const InitialDeployment = createContext<DeploymentView | null>(null);

/** The record as the server rendered it. */
export function useInitialDeployment(): DeploymentView {
  const initial = useContext(InitialDeployment);
  if (initial === null) throw new Error("this stands outside a deployment's page");
  return initial;
}

// Only this app writes such JSON, from `getDeployment`'s view, in the version that reads it here.
export function viewFrom(json: unknown): DeploymentView {
  return json as DeploymentView;
}
