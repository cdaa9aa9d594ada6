"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

const AddTeamDialog = dynamic(() => import("./add-team-dialog.tsx"));

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
