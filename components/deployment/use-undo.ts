"use client";

import { useCallback, useEffect, useState } from "react";

/** The last thing this person did, and the way back. */
export type Undo = {
  readonly items: readonly string[];
  /** What was done, for a line that stands for several items. */
  readonly words: string;
  readonly run: () => void;
};

const SHOWN_MS = 10_000;

/** Offers the way back from the last change for some seconds; the next change takes its place. */
export function useUndo() {
  const [last, offer] = useState<Undo | null>(null);
  useEffect(() => {
    if (last === null) return;
    const over = setTimeout(() => offer(null), SHOWN_MS);
    return () => clearTimeout(over);
  }, [last]);
  const undo = useCallback(() => {
    offer(null);
    last?.run();
  }, [last]);
  return { last, offer, undo };
}
