"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

const AddTeamDialog = later(() => import("./add-team-dialog.tsx"));

export function AddTeamButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon name="plus" />
        Add a team
      </Button>
      {open && <AddTeamDialog onClose={() => setOpen(false)} />}
    </>
  );
}
