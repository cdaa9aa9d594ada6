"use client";

import Link from "next/link";
import { useRef } from "react";
import type { MineItem } from "#lib/queries/list-mine.ts";
import { nearness } from "#lib/domain/dues.ts";
import { asRoute } from "#components/ui/as-route.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { useRowKeys } from "#components/ui/use-row-keys.ts";

/** One's own open items over all deployments, the nearest date first. */
export function MineTable({ items, now }: { items: readonly MineItem[]; now: string }) {
  const list = useRef<HTMLTableSectionElement>(null);
  useRowKeys(list);
  return (
    <Table label="My open items">
      <TableHead>
        <tr>
          <TableHeader>Item</TableHeader>
          <TableHeader>Deployment</TableHeader>
          <TableHeader>Phase</TableHeader>
          <TableHeader>Due</TableHeader>
        </tr>
      </TableHead>
      <TableBody ref={list}>
        {items.map((item) => (
          <TableRow key={`${item.deploymentId} ${item.item}`} data-row className="relative">
            <TableCell>
              <Link
                href={asRoute(`/deployments/${item.deploymentId}#item-${item.item}`)}
                data-open
                className="row-link font-medium"
              >
                {item.title}
              </Link>
              {item.critical && (
                <span className="ml-1.5 text-xs font-medium text-attention-text">critical</span>
              )}
            </TableCell>
            <TableCell>
              {item.service} <span className="font-mono">{item.version}</span>
              <span className="text-sm text-ink-faint"> · {item.environment}</span>
            </TableCell>
            <TableCell>
              {item.current ? item.phase : <span className="text-ink-faint">{item.phase}, not open yet</span>}
            </TableCell>
            <TableCell className="whitespace-nowrap">
              <Due dueAt={item.dueAt} now={now} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Due({ dueAt, now }: { dueAt: string | null; now: string }) {
  if (dueAt === null) return <span className="text-ink-faint">no date</span>;
  const time = <Time at={dueAt} now={now} />;
  switch (nearness(dueAt, now)) {
    case "late":
      return (
        <Badge tone="blocked" icon="timer">
          was due {time}
        </Badge>
      );
    case "near":
      return (
        <Badge tone="attention" icon="timer">
          due {time}
        </Badge>
      );
    case "far":
      return <>due {time}</>;
  }
}
