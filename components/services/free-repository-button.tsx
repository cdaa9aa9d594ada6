"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import type { HeldRepository } from "#lib/queries/list-repositories.ts";
import { Button } from "#components/ui/button.tsx";

const FreeRepositoryDialog = later(() => import("./free-repository-dialog.tsx"));

export function FreeRepositoryButton({ held }: { held: HeldRepository }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        aria-label={`Free ${held.repository}, ${held.environment}, from ${held.service}`}
        onClick={() => setOpen(true)}
      >
        Free…
      </Button>
      {open && <FreeRepositoryDialog held={held} onClose={() => setOpen(false)} />}
    </>
  );
}
