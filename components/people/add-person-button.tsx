"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import type { TeamView } from "#lib/queries/list-people.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

const AddPersonDialog = later(() => import("./add-person-dialog.tsx"));

type AddPersonButtonProps = { readonly teams: readonly TeamView[]; readonly choices: ProofChoices };

export function AddPersonButton({ teams, choices }: AddPersonButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Icon name="user-plus" />
        Add a person
      </Button>
      {open && <AddPersonDialog teams={teams} choices={choices} onClose={() => setOpen(false)} />}
    </>
  );
}
