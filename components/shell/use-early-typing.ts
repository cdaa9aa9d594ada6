"use client";

import { useLayoutEffect, useRef } from "react";
import { isPageKey } from "#components/ui/page-keys.ts";

/** A search that has not come by then may never come, as offline; the keys are the page's again. */
const PATIENCE_MS = 5_000;

/** What is typed while a search that was asked for is on its way: its own text, and no key of the page. */
export function useEarlyTyping(asked: boolean): () => string {
  const typed = useRef("");
  useLayoutEffect(() => {
    if (!asked) return;
    typed.current = "";
    const askedAt = performance.now();
    function onKey(event: KeyboardEvent) {
      const isLate = performance.now() - askedAt > PATIENCE_MS;
      if (isLate || event.key.length > 1 || !isPageKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
      typed.current += event.key;
    }
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [asked]);
  return () => typed.current;
}
