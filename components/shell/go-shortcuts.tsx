"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { asRoute } from "#components/ui/as-route.ts";
import { isWriting } from "#components/ui/is-writing.ts";

interface GoShortcutsProps {
  targets: readonly { key: string; href: string }[];
}

const WAIT_MS = 1500;

/** What a page's list is narrowed by: its search field, or the choice of which items. */
const FILTER = "[role=search] input[type=search], [data-filter] input:checked";

/** `g` and then a key leads to one of the main places, `/` to the page's filter, unless someone is writing. */
export function GoShortcuts({ targets }: GoShortcutsProps) {
  const router = useRouter();

  useEffect(() => {
    let armedAt = Number.NEGATIVE_INFINITY;
    function go(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isWriting(event.target)) return;
      const filter = event.key === "/" ? document.querySelector<HTMLElement>(FILTER) : null;
      if (filter !== null) {
        event.preventDefault();
        filter.focus();
      }
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
