"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { asRoute } from "#components/ui/as-route.ts";

/** Moves through a record's events; the page follows when the hand lets go. */
export function MomentSlider({ path, seq, total }: { path: string; seq: number; total: number }) {
  const router = useRouter();
  const [chosen, setChosen] = useState(seq);
  const go = () => {
    if (chosen !== seq) router.push(asRoute(`${path}?event=${chosen}`));
  };
  return (
    <label className="flex min-w-40 grow items-center gap-2">
      <span className="sr-only">Event</span>
      <input
        type="range"
        min={1}
        max={total}
        value={chosen}
        className="h-8 min-w-0 grow accent-current"
        aria-valuetext={`event ${chosen} of ${total}`}
        onChange={(event) => setChosen(Number(event.target.value))}
        onPointerUp={go}
        onKeyUp={go}
        onBlur={go}
      />
      <span className="w-10 text-right font-mono text-sm tabular-nums" aria-hidden="true">
        #{chosen}
      </span>
    </label>
  );
}
