"use client";

import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { freezeInWords } from "#lib/domain/freezes.ts";
import type { DateConflicts } from "#lib/queries/date-conflicts.ts";
import { formatMoment } from "#components/clock/format-clock.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { textOf } from "#components/forms/use-action-form.ts";
import { asRoute } from "#components/ui/as-route.ts";
import { Notice } from "#components/ui/notice.tsx";

/** Asked once the typing pauses, not at each key. */
const PAUSE_MS = 300;

/** What the date in the form around it would meet: freezes and other deployments. It warns and refuses nothing. */
export function DateWarnings({ team }: { team: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [conflicts, setConflicts] = useState<DateConflicts | null>(null);
  // Asks again as if the form had been typed in.
  useLive(({ kind }) => {
    if (kind === "surroundings") place.current?.closest("form")?.dispatchEvent(new Event("input"));
  });
  useEffect(() => {
    const form = place.current?.closest("form");
    if (form == null) return;
    let pause: ReturnType<typeof setTimeout> | undefined;
    let leaving = new AbortController();
    const ask = () => {
      clearTimeout(pause);
      pause = setTimeout(() => {
        leaving.abort();
        leaving = new AbortController();
        void fetchConflicts(team, new FormData(form), leaving.signal).then(setConflicts, () => undefined);
      }, PAUSE_MS);
    };
    ask();
    form.addEventListener("input", ask);
    return () => {
      clearTimeout(pause);
      leaving.abort();
      form.removeEventListener("input", ask);
    };
  }, [team]);
  return (
    <div ref={place} className="grid gap-2 empty:hidden sm:col-span-2">
      {conflicts?.freezes.map((freeze) => (
        <Notice key={freeze.id} announce tone="attention" icon="snowflake" title={freezeInWords(freeze)}>
          The gate before T-0 is closed on this date, unless the freeze is lifted for the deployment.
        </Notice>
      ))}
      {conflicts !== null && conflicts.overlaps.length > 0 && (
        <Notice announce tone="attention" title="Another deployment is less than a day away">
          <ul>
            {conflicts.overlaps.map(({ id, version, at }) => (
              <li key={id}>
                <Link href={asRoute(`/deployments/${id}`)} className="underline underline-offset-2">
                  <span className="font-mono">{version}</span>, {formatMoment(Date.parse(at))}
                </Link>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

// Only `getDateConflicts` answers there; what is not filled in yet meets nothing.
async function fetchConflicts(
  team: string,
  values: FormData,
  signal: AbortSignal,
): Promise<DateConflicts | null> {
  const plan = {
    team,
    service: textOf(values, "service").trim(),
    environment: textOf(values, "environment").trim(),
    at: textOf(values, "deploymentAt"),
  };
  if (Object.values(plan).some((value) => value === "")) return null;
  const answer = await fetch(`/api/v1/date-conflicts?${new URLSearchParams(plan)}`, { signal });
  return answer.ok ? ((await answer.json()) as DateConflicts) : null;
}
