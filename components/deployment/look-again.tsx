"use client";

import { useState } from "react";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { useRefresh } from "./use-deployment.ts";

/** Where a check keeps a gate closed: asks the gate, so that its live checks look once more. */
export function LookAgain({ view }: { view: DeploymentView }) {
  const refresh = useRefresh();
  const [pending, setPending] = useState(false);
  const [said, setSaid] = useState("");
  const gate = view.gates.find(({ blockers }) => blockers.some(({ code }) => code === "check-failed"));
  if (gate === undefined) return null;
  const look = async () => {
    setPending(true);
    setSaid(await outcomeOf(view.id, gate.phase));
    await refresh();
    setPending(false);
  };
  return (
    <>
      <Button pending={pending} onClick={() => void look()}>
        <Icon name="refresh" />
        Look again
      </Button>
      <p role="status" className="text-sm text-ink-muted empty:hidden">
        {said}
      </p>
    </>
  );
}

async function outcomeOf(id: string, phase: string): Promise<string> {
  const answer = await fetch(`/api/v1/deployments/${id}/gates/${phase}`, {
    cache: "no-store",
    headers: { "x-requested-with": "Countersign" },
  }).catch(() => null);
  return answer?.ok
    ? "It fails still. Checks look once a minute at most."
    : "The checks could not be asked; try again.";
}
