"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import type { FreezeTeams } from "#lib/queries/freeze-teams.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

const CreateFreezeDialog = later(() => import("./create-freeze-dialog.tsx"));

export function CreateFreezeButton({ choices, now }: { choices: FreezeTeams; now: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon name="snowflake" />
        Freeze…
      </Button>
      {open && <CreateFreezeDialog choices={choices} now={now} onClose={() => setOpen(false)} />}
    </>
  );
}
