"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { asRoute } from "#components/ui/as-route.ts";

/** An event that a record’s life is told by. */
export type Mark = { readonly seq: number; readonly words: string };

type MomentSliderProps = {
  readonly path: string;
  readonly seq: number;
  readonly total: number;
  readonly marks: readonly Mark[];
};

/** Moves through a record's events; the page follows when the hand lets go. */
export function MomentSlider({ path, seq, total, marks }: MomentSliderProps) {
  const router = useRouter();
  const [chosen, setChosen] = useState(seq);
  const go = () => {
    if (chosen !== seq) router.push(asRoute(`${path}?event=${chosen}`));
  };
  const passed = marks.findLast((mark) => mark.seq <= chosen);
  const words = passed === undefined ? "" : passed.seq === chosen ? passed.words : `after ${passed.words}`;
  return (
    <label className="mt-1 flex flex-wrap items-center gap-x-3">
      <span className="sr-only">Event</span>
      <input
        type="range"
        min={1}
        max={total}
        value={chosen}
        className="h-8 min-w-40 grow accent-current"
        list="moments"
        aria-valuetext={`event ${chosen} of ${total}, ${words}`}
        onChange={(event) => setChosen(Number(event.target.value))}
        onPointerUp={go}
        onKeyUp={go}
        onBlur={go}
      />
      <datalist id="moments">
        {marks.map((mark) => (
          <option key={mark.seq} value={mark.seq} label={mark.words} />
        ))}
      </datalist>
      <span className="w-md max-w-full text-sm max-sm:min-h-[2lh] sm:truncate" aria-hidden="true">
        <span className="font-mono tabular-nums">#{chosen}</span> {words}
      </span>
    </label>
  );
}
