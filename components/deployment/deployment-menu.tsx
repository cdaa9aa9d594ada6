"use client";

import { later } from "#components/ui/later.tsx";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { whyNot } from "#components/forms/why-not.ts";
import { Menu, type MenuEntry } from "#components/ui/menu.tsx";
import { asRoute } from "#components/ui/as-route.ts";
import type { Deed } from "./deployment-deed.tsx";

const DeploymentDeed = later(() => import("./deployment-deed.tsx"));

type DeploymentMenuProps = {
  readonly view: DeploymentView;
  /** Null for whoever manages no legal holds. */
  readonly choices: ProofChoices | null;
};

/** The deeds that are seldom needed. */
export function DeploymentMenu({ view, choices }: DeploymentMenuProps) {
  const [open, setOpen] = useState<Deed | null>(null);
  const router = useRouter();
  const close = () => setOpen(null);
  const { abilities, breakGlass } = view;
  const completed = view.phases.filter(({ state }) => state === "completed");
  const entries: readonly MenuEntry[] = [
    {
      label: "War room",
      icon: "monitor",
      phoneOnly: view.ended === null,
      onSelect: () => router.push(asRoute(`/deployments/${view.id}/war-room`)),
    },
    {
      label: "Correct the details…",
      icon: "edit",
      disabledReason: whyNot(abilities.changeDetails),
      onSelect: () => setOpen({ kind: "details" }),
    },
    ...completed.map((phase) => ({
      label: `Reopen ${phase.title}…`,
      icon: "reopen" as const,
      disabledReason: whyNot(phase.reopen),
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
            disabledReason: whyNot(breakGlass.request),
            onSelect: () => setOpen({ kind: "break-glass" }),
          },
        ]),
    {
      label: "Cancel the deployment…",
      icon: "void",
      danger: true,
      disabledReason: whyNot(abilities.cancel),
      onSelect: () => setOpen({ kind: "cancel" }),
    },
  ];
  return (
    <>
      <Menu label="More actions" entries={entries} />
      {open !== null && <DeploymentDeed deed={open} view={view} choices={choices} onClose={close} />}
    </>
  );
}
