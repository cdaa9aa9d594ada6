"use client";

import { useState } from "react";
import { liftLegalHoldAction } from "#lib/actions/retention.ts";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import ReasonDialog from "./reason-dialog.tsx";

type LiftHoldDialogProps = {
  readonly view: DeploymentView;
  readonly choices: ProofChoices;
  readonly onClose: () => void;
};

export default function LiftHoldDialog({ view, choices, onClose }: LiftHoldDialogProps) {
  const [setAt] = useState(view.legalHold?.at);
  const { action, dialog } = useProven(liftLegalHoldAction, choices);
  return (
    <>
      <ReasonDialog
        title="Lift the legal hold"
        consequence="The retention span counts again a week from now; if it is over then, the clock removes the content."
        label="Why is it lifted?"
        confirm="Lift the legal hold"
        underWay="Lifting the hold…"
        action={action}
        toInput={(reason) => ({ deploymentId: view.id, setAt, reason })}
        onClose={onClose}
      />
      {dialog}
    </>
  );
}
