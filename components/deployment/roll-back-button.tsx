"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import { triggerRollbackAction } from "#lib/actions/deployments.ts";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import { whyNot } from "#components/forms/why-not.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

const ReasonDialog = later(() => import("./reason-dialog.tsx"));

/** From T-0 on, always in sight. */
export function RollBackButton({ view, size = "md" }: { view: DeploymentView; size?: "md" | "lg" }) {
  const [open, setOpen] = useState(false);
  if (view.t0At === null || view.ended !== null || view.rollback !== null) return null;
  const { rollBack } = view.abilities;
  return (
    <>
      <Button
        variant="danger-outline"
        size={size}
        disabledReason={whyNot(rollBack)}
        onClick={() => setOpen(true)}
      >
        <Icon name="rollback" />
        Roll back…
      </Button>
      {open && (
        <ReasonDialog
          title={`Roll back ${view.service.name} ${view.details.version}`}
          consequence={`The open phase freezes, the ${view.rollbackPhase.total} steps of the rollback list open, and ${view.details.slo.rtoMinutes} minutes to recover begin. The record ends as rolled back; this cannot be undone. Countersign itself changes nothing in production.`}
          label="What went wrong?"
          confirm="Roll back now"
          underWay="Rolling back…"
          danger
          action={triggerRollbackAction}
          toInput={(reason) => ({ deploymentId: view.id, reason })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
