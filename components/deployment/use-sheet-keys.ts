"use client";

import { useEffect } from "react";
import { isWriting } from "#components/ui/is-writing.ts";

/** j and k beside the list, as on it, but where somebody writes. */
export function useSheetKeys(onStep: (by: 1 | -1) => void): void {
  useEffect(() => {
    const onKey = ({ key, metaKey, ctrlKey, altKey, target }: KeyboardEvent) => {
      if (metaKey || ctrlKey || altKey || isWriting(target)) return;
      if (key === "j") onStep(1);
      if (key === "k") onStep(-1);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onStep]);
}
