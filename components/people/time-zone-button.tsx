"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import type { TeamView } from "#lib/queries/list-people.ts";
import { Button } from "#components/ui/button.tsx";

const TimeZoneDialog = later(() => import("./time-zone-dialog.tsx"));

export function TimeZoneButton({ team }: { team: TeamView }) {
  const [open, setOpen] = useState(false);
  const shown = team.timeZone.replaceAll("_", " ");
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        className="-ml-2"
        aria-label={`Time zone of ${team.name}: ${shown}`}
        onClick={() => setOpen(true)}
      >
        {shown}
      </Button>
      {open && <TimeZoneDialog team={team} onClose={() => setOpen(false)} />}
    </>
  );
}
