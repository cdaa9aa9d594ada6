"use client";

import Link from "next/link";
import { useRef } from "react";
import type { MineItem } from "#lib/queries/list-mine.ts";
import { nearness } from "#lib/domain/dues.ts";
import { asRoute } from "#components/ui/as-route.ts";
import { Badge } from "#components/ui/badge.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import { useRowKeys } from "#components/ui/use-row-keys.ts";

/** One's own open items by deployment, the one with the nearest date first. j and k move. */
export function MineList({ items, now }: { items: readonly MineItem[]; now: string }) {
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list);
  return (
    <div ref={list} className="divide-y divide-line">
      {[...Map.groupBy(items, ({ deploymentId }) => deploymentId)].map(([id, own]) => (
        <section key={id} aria-labelledby={`mine-${id}`}>
          <h3 id={`mine-${id}`} className="bg-sunken px-4 py-1.5 text-sm">
            <Link href={asRoute(`/deployments/${id}`)} className="rounded-sm hover:underline">
              <span className="font-semibold">{own[0]?.service}</span>{" "}
              <span className="ml-1 font-mono">{own[0]?.version}</span>
            </Link>
            <span className="text-ink-muted"> · {own[0]?.environment}</span>
          </h3>
          <ul className="divide-y divide-line">
            {own.map((item) => (
              <li
                key={item.item}
                data-row
                className="relative flex min-h-9 items-center gap-x-3 px-4 py-1.5 hover:bg-hover max-sm:flex-wrap pointer-coarse:min-h-11"
              >
                <span className="flex min-w-0 grow flex-wrap items-center gap-x-2 max-sm:w-full">
                  <Link
                    href={asRoute(`/deployments/${id}#item-${item.item}`)}
                    data-open
                    className="row-link font-medium"
                  >
                    {item.title}
                  </Link>
                  {item.critical && (
                    <Badge tone="attention" icon={null}>
                      critical
                    </Badge>
                  )}
                </span>
                <span className="text-sm whitespace-nowrap text-ink-faint sm:w-44 sm:text-right">
                  {item.current ? item.phase : `${item.phase}, not open yet`}
                </span>
                <Due dueAt={item.dueAt} now={now} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const LOOKS = { late: "text-blocked-text", near: "text-attention-text", far: "text-ink-muted" } as const;

function Due({ dueAt, now }: { dueAt: string | null; now: string }) {
  const look = dueAt === null ? "far" : nearness(dueAt, now);
  return (
    <span
      className={cn(
        "flex items-center gap-1.5 text-sm whitespace-nowrap max-sm:ml-auto sm:w-32 sm:justify-end",
        LOOKS[look],
      )}
    >
      <Icon name="timer" className="size-3.5" />
      {dueAt === null ? (
        "no date"
      ) : (
        <span>
          {look === "late" ? "was due" : "due"} <Time at={dueAt} now={now} />
        </span>
      )}
    </span>
  );
}
