"use client";

import { requestBreakGlassAction } from "#lib/actions/break-glass.ts";
import { cancelDeploymentAction } from "#lib/actions/deployments.ts";
import { reopenPhaseAction } from "#lib/actions/phases.ts";
import { setLegalHoldAction } from "#lib/actions/retention.ts";
import type { DeploymentView, PhaseView } from "#lib/queries/deployment-view.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import DetailsDialog from "./details-dialog.tsx";
import LiftHoldDialog from "./lift-hold-dialog.tsx";
import ReasonDialog from "./reason-dialog.tsx";
import { reopeningInWords } from "./reopening-in-words.ts";

export type Deed =
  | { readonly kind: "cancel" }
  | { readonly kind: "details" }
  | { readonly kind: "break-glass" }
  | { readonly kind: "hold" }
  | { readonly kind: "lift-hold" }
  | { readonly kind: "reopen"; readonly phase: PhaseView };

type DeploymentDeedProps = {
  readonly deed: Deed;
  readonly view: DeploymentView;
  /** Null for whoever manages no legal holds. */
  readonly choices: ProofChoices | null;
  readonly onClose: () => void;
};

/** The dialog of what was chosen from a record's menu. */
export default function DeploymentDeed({ deed, view, choices, onClose }: DeploymentDeedProps) {
  const { breakGlass } = view;
  return (
    <>
      {deed.kind === "details" && <DetailsDialog view={view} onClose={onClose} />}
      {deed.kind === "cancel" && (
        <ReasonDialog
          title={`Cancel ${view.service.name} ${view.details.version}`}
          consequence="The record ends as cancelled and nothing on it changes any more. Its history stays."
          label="Why is it cancelled?"
          confirm="Cancel the deployment"
          underWay="Cancelling…"
          danger
          action={cancelDeploymentAction}
          toInput={(reason) => ({ deploymentId: view.id, reason })}
          onClose={onClose}
        />
      )}
      {deed.kind === "break-glass" && breakGlass.gate !== null && (
        <ReasonDialog
          title={`Break glass before ${breakGlass.gate.title}`}
          consequence="An approver, another person than you, confirms it. The phase may then begin in spite of what blocks it now; the record carries this for good, and a review is asked for afterwards."
          label="Why can it not wait?"
          confirm="Ask for it"
          underWay="Asking…"
          danger
          action={requestBreakGlassAction}
          toInput={(reason) => ({ deploymentId: view.id, phase: breakGlass.gate?.phase, reason })}
          onClose={onClose}
        />
      )}
      {deed.kind === "hold" && (
        <ReasonDialog
          title={`Hold ${view.service.name} ${view.details.version}`}
          consequence="Nothing of the record is removed until somebody lifts the hold, whatever the retention span says."
          label="Why is it held?"
          confirm="Set the legal hold"
          underWay="Setting the hold…"
          action={setLegalHoldAction}
          toInput={(reason) => ({ deploymentId: view.id, reason })}
          onClose={onClose}
        />
      )}
      {deed.kind === "lift-hold" && choices !== null && (
        <LiftHoldDialog view={view} choices={choices} onClose={onClose} />
      )}
      {deed.kind === "reopen" && (
        <ReasonDialog
          title={`Reopen ${deed.phase.title}`}
          consequence={reopeningInWords(view, deed.phase)}
          label="Why is it reopened?"
          confirm={`Reopen ${deed.phase.title}`}
          underWay="Reopening…"
          action={reopenPhaseAction}
          toInput={(reason) => ({ deploymentId: view.id, phase: deed.phase.key, reason })}
          onClose={onClose}
        />
      )}
    </>
  );
}
