"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { stepDay } from "#lib/domain/calendar.ts";
import { asRoute } from "#components/ui/as-route.ts";
import { isWriting } from "#components/ui/is-writing.ts";
import { isDialogOpen } from "#components/ui/page-keys.ts";
import { calendarHref, type CalendarQuery } from "./calendar-query.ts";

/** `[` and `]` go back and on, `t` leads to today, `m` and `w` show a month or a week. */
export function CalendarKeys({ query }: { query: CalendarQuery }) {
  const router = useRouter();
  useEffect(() => {
    let afterG = false;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isWriting(event.target))
        return;
      // The second key of `g` and a place is not this page's.
      const isSecond = afterG;
      afterG = event.key === "g";
      if (isSecond || isDialogOpen()) return;
      const href = hrefFor(event.key, query);
      if (href === null) return;
      event.preventDefault();
      router.push(asRoute(href));
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [router, query]);
  return null;
}

function hrefFor(key: string, query: CalendarQuery): string | null {
  switch (key) {
    case "[":
      return calendarHref(query, { day: stepDay(query.span, query.day, -1) });
    case "]":
      return calendarHref(query, { day: stepDay(query.span, query.day, 1) });
    case "t":
      return calendarHref(query, { day: null });
    case "m":
      return calendarHref(query, { span: "month" });
    case "w":
      return calendarHref(query, { span: "week" });
    default:
      return null;
  }
}
