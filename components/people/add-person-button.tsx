"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

const AddPersonDialog = later(() => import("./add-person-dialog.tsx"));

export function AddPersonButton({ choices }: { choices: ProofChoices }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon name="user-plus" />
        Add a person
      </Button>
      {open && <AddPersonDialog choices={choices} onClose={() => setOpen(false)} />}
    </>
  );
}
