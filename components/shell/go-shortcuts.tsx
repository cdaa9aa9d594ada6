"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { asRoute } from "#components/ui/as-route.ts";

interface GoShortcutsProps {
  targets: readonly { key: string; href: string }[];
}

const WAIT_MS = 1500;

/** `g` and then a key leads to one of the main places, unless someone is writing. */
export function GoShortcuts({ targets }: GoShortcutsProps) {
  const router = useRouter();

  useEffect(() => {
    let armedAt = Number.NEGATIVE_INFINITY;
    function go(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isWriting(event.target)) return;
      const isArmed = event.timeStamp - armedAt < WAIT_MS;
      armedAt = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const target = isArmed ? targets.find(({ key }) => key === event.key) : undefined;
      if (target === undefined) return;
      event.preventDefault();
      router.push(asRoute(target.href));
    }
    document.addEventListener("keydown", go);
    return () => document.removeEventListener("keydown", go);
  }, [router, targets]);

  return null;
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input:not([type=checkbox], [type=radio])");
}
