"use client";

import { later } from "#components/ui/later.tsx";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { requestBreakGlassAction } from "#lib/actions/break-glass.ts";
import { cancelDeploymentAction } from "#lib/actions/deployments.ts";
import { setLegalHoldAction } from "#lib/actions/retention.ts";
import { reopenPhaseAction } from "#lib/actions/phases.ts";
import type { DeploymentView, PhaseView } from "#lib/queries/deployment-view.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { Menu, type MenuEntry } from "#components/ui/menu.tsx";
import { asRoute } from "#components/ui/as-route.ts";

const ReasonDialog = later(() => import("./reason-dialog.tsx"));
const DetailsDialog = later(() => import("./details-dialog.tsx"));
const LiftHoldDialog = later(() => import("./lift-hold-dialog.tsx"));

type Open =
  | { readonly kind: "cancel" }
  | { readonly kind: "details" }
  | { readonly kind: "break-glass" }
  | { readonly kind: "hold" }
  | { readonly kind: "lift-hold" }
  | { readonly kind: "reopen"; readonly phase: PhaseView }
  | null;

type DeploymentMenuProps = {
  readonly view: DeploymentView;
  /** Null for whoever manages no legal holds. */
  readonly choices: ProofChoices | null;
};

/** The deeds that are seldom needed. */
export function DeploymentMenu({ view, choices }: DeploymentMenuProps) {
  const [open, setOpen] = useState<Open>(null);
  const router = useRouter();
  const close = () => setOpen(null);
  const { abilities, breakGlass } = view;
  const completed = view.phases.filter(({ state }) => state === "completed");
  const entries: readonly MenuEntry[] = [
    {
      label: "War room",
      icon: "monitor",
      onSelect: () => router.push(asRoute(`/deployments/${view.id}/war-room`)),
    },
    {
      label: "Correct the details…",
      icon: "edit",
      disabledReason: reasonOf(abilities.changeDetails),
      onSelect: () => setOpen({ kind: "details" }),
    },
    ...completed.map((phase) => ({
      label: `Reopen ${phase.title}…`,
      icon: "reopen" as const,
      disabledReason: reasonOf(phase.reopen),
      onSelect: () => setOpen({ kind: "reopen", phase }),
    })),
    ...(abilities.openSuccessor.allowed
      ? [
          {
            label: "Schedule re-deployment…",
            icon: "calendar" as const,
            onSelect: () => router.push(asRoute(`/deployments/new?after=${view.id}`)),
          },
        ]
      : []),
    ...(abilities.setLegalHold.allowed
      ? [{ label: "Set a legal hold…", icon: "lock" as const, onSelect: () => setOpen({ kind: "hold" }) }]
      : []),
    ...(abilities.liftLegalHold.allowed
      ? [
          {
            label: "Lift the legal hold…",
            icon: "unlock" as const,
            onSelect: () => setOpen({ kind: "lift-hold" }),
          },
        ]
      : []),
    ...(breakGlass.gate === null
      ? []
      : [
          {
            label: `Break glass before ${breakGlass.gate.title}…`,
            icon: "siren" as const,
            danger: true,
            disabledReason: reasonOf(breakGlass.request),
            onSelect: () => setOpen({ kind: "break-glass" }),
          },
        ]),
    {
      label: "Cancel the deployment…",
      icon: "void",
      danger: true,
      disabledReason: reasonOf(abilities.cancel),
      onSelect: () => setOpen({ kind: "cancel" }),
    },
  ];
  return (
    <>
      <Menu label="More actions" entries={entries} />
      {open?.kind === "details" && <DetailsDialog view={view} onClose={close} />}
      {open?.kind === "cancel" && (
        <ReasonDialog
          title={`Cancel ${view.service.name} ${view.details.version}`}
          consequence="The record ends as cancelled and nothing on it changes any more. Its history stays."
          label="Why is it cancelled?"
          confirm="Cancel the deployment"
          danger
          action={cancelDeploymentAction}
          toInput={(reason) => ({ deploymentId: view.id, reason })}
          onClose={close}
        />
      )}
      {open?.kind === "break-glass" && breakGlass.gate !== null && (
        <ReasonDialog
          title={`Break glass before ${breakGlass.gate.title}`}
          consequence="An approver, another person than you, confirms it. The phase may then begin in spite of what blocks it now; the record carries this for good, and a review is asked for afterwards."
          label="Why can it not wait?"
          confirm="Ask for it"
          danger
          action={requestBreakGlassAction}
          toInput={(reason) => ({ deploymentId: view.id, phase: breakGlass.gate?.phase, reason })}
          onClose={close}
        />
      )}
      {open?.kind === "hold" && (
        <ReasonDialog
          title={`Hold ${view.service.name} ${view.details.version}`}
          consequence="Nothing of the record is removed until somebody lifts the hold, whatever the retention span says."
          label="Why is it held?"
          confirm="Set the legal hold"
          action={setLegalHoldAction}
          toInput={(reason) => ({ deploymentId: view.id, reason })}
          onClose={close}
        />
      )}
      {open?.kind === "lift-hold" && choices !== null && (
        <LiftHoldDialog deploymentId={view.id} choices={choices} onClose={close} />
      )}
      {open?.kind === "reopen" && (
        <ReasonDialog
          title={`Reopen ${open.phase.title}`}
          consequence="Later phases lock again, and approvals given after it are void. Ticks stay as they are; nothing is erased."
          label="Why is it reopened?"
          confirm={`Reopen ${open.phase.title}`}
          action={reopenPhaseAction}
          toInput={(reason) => ({ deploymentId: view.id, phase: open.phase.key, reason })}
          onClose={close}
        />
      )}
    </>
  );
}

function reasonOf(ability: PhaseView["reopen"]): string | undefined {
  return ability.allowed ? undefined : ability.reason;
}
