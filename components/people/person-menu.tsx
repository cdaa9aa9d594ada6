"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import { disablePersonAction, enablePersonAction } from "#lib/actions/people.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { heldInWords } from "./held-in-words.ts";
import type { HeldRole, PersonView, TeamView } from "#lib/queries/list-people.ts";
import { Menu, type MenuEntry } from "#components/ui/menu.tsx";
import { useStepUp } from "#components/proof/step-up.tsx";

const GrantRoleDialog = later(() => import("./grant-role-dialog.tsx"));
const RecoveryLinkDialog = later(() => import("./recovery-link-dialog.tsx"));
const RevokeRoleDialog = later(() => import("./revoke-role-dialog.tsx"));
const PasswordDialog = later(() => import("./password-dialog.tsx"));

type PersonMenuProps = {
  readonly person: PersonView;
  readonly teams: readonly TeamView[];
  readonly isSelf: boolean;
  readonly choices: ProofChoices;
};

export function PersonMenu({ person, teams, isSelf, choices }: PersonMenuProps) {
  const [open, setOpen] = useState<"role" | "password" | "recovery" | HeldRole | null>(null);
  const { run, dialogs } = useStepUp(choices);
  const close = () => setOpen(null);
  const account: MenuEntry =
    person.disabledAt === null
      ? {
          label: "Close the account",
          icon: "lock",
          danger: true,
          disabledReason: isSelf ? "Another admin closes your account" : undefined,
          onSelect: () => void run(disablePersonAction, () => ({ personId: person.id })),
        }
      : {
          label: "Open the account again",
          icon: "unlock",
          onSelect: () => void run(enablePersonAction, () => ({ personId: person.id })),
        };
  const entries: readonly MenuEntry[] = [
    { label: "Give a role…", icon: "shield", onSelect: () => setOpen("role") },
    { label: "Set a new password…", icon: "key", onSelect: () => setOpen("password") },
    {
      label: "Make a recovery link…",
      icon: "link",
      disabledReason: person.disabledAt === null ? undefined : "The account is closed",
      onSelect: () => setOpen("recovery"),
    },
    ...person.roles.map((held) => ({
      label: `Take away ${heldInWords(held)}…`,
      icon: "close" as const,
      danger: true,
      onSelect: () => setOpen(held),
    })),
    account,
  ];
  return (
    <>
      <Menu label={`Actions for ${person.name}`} entries={entries} size="icon-sm" />
      {open === "role" && <GrantRoleDialog person={person} teams={teams} choices={choices} onClose={close} />}
      {open === "password" && <PasswordDialog person={person} choices={choices} onClose={close} />}
      {typeof open === "object" && open !== null && (
        <RevokeRoleDialog person={person} held={open} onClose={close} />
      )}
      {open === "recovery" && <RecoveryLinkDialog person={person} choices={choices} onClose={close} />}
      {dialogs}
    </>
  );
}
