"use client";

import Link from "next/link";
import { useRef, useState } from "react";
import { markNotificationsAction } from "#lib/actions/notifications.ts";
import { NOTIFICATION_KINDS, type NotificationKind } from "#lib/domain/notifications.ts";
import type { NotificationView } from "#lib/queries/list-notifications.ts";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";
import { usePageChange } from "#components/forms/use-page-change.ts";
import { asRoute } from "#components/ui/as-route.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import { toneText, type Tone } from "#components/ui/tone.ts";
import { useRowKeys } from "#components/ui/use-row-keys.ts";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";

const ICONS: Readonly<Record<NotificationKind, IconName>> = {
  turn: "signature",
  "break-glass": "siren",
  rollback: "rollback",
  escalation: "hourglass",
  mention: "comment",
  approval: "approve",
  assigned: "mine",
  check: "alert",
  reopened: "reopen",
  completed: "check-all",
  freeze: "unlock",
  retention: "lock",
};

const TONES: Partial<Record<NotificationKind, Tone>> = {
  turn: "waiting",
  "break-glass": "attention",
  rollback: "blocked",
  escalation: "attention",
  check: "attention",
  retention: "attention",
};

type NotificationListProps = { readonly notifications: readonly NotificationView[]; readonly now: string };

/** What one was told of; opening it marks it as read. j and k move, x marks. */
export function NotificationList({ notifications, now }: NotificationListProps) {
  const { run, pending, failure, forget } = usePageChange();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  const open = (id: string) => {
    setOpened((before) => new Set(before).add(id));
    void markNotificationsAction({ ids: [id], read: true });
  };
  return (
    <>
      <ul ref={list} className="divide-y divide-line">
        {notifications.map(({ id, kind, at, title, sentence, remark, href, ...rest }) => {
          const read = rest.read || opened.has(id);
          return (
            <li key={id} data-row className="flex items-start gap-3 px-4 py-2.5 hover:bg-hover">
              <span
                aria-hidden="true"
                className={cn("mt-2 -ml-1 size-2 shrink-0 rounded-full", !read && "bg-waiting")}
              />
              <Icon
                name={ICONS[kind]}
                className={cn("mt-0.5 size-4", read ? "text-ink-faint" : toneText[TONES[kind] ?? "neutral"])}
              />
              <div className="min-w-0 grow">
                <p className={read ? "text-ink-muted" : undefined}>
                  {!read && <VisuallyHidden>Unread: </VisuallyHidden>}
                  <Link
                    href={asRoute(href)}
                    data-open
                    className="rounded-sm underline-offset-4 hover:underline"
                    onClick={() => !read && open(id)}
                    onAuxClick={() => !read && open(id)}
                  >
                    <span className={read ? undefined : "font-semibold"}>{title}</span>: {sentence}
                  </Link>
                </p>
                {remark !== null && <p className="line-clamp-2 break-words text-ink-muted">{remark}</p>}
                <p className="text-sm text-ink-faint">
                  {NOTIFICATION_KINDS[kind].title} · <Time at={at} now={now} className="whitespace-nowrap" />
                </p>
              </div>
              <Button
                size="sm"
                variant="ghost"
                pending={pending}
                data-mark
                aria-label={`Mark as ${read ? "unread" : "read"}: ${title}, ${sentence}`}
                onClick={() => {
                  setOpened((before) => new Set([...before].filter((other) => other !== id)));
                  void run(markNotificationsAction, { ids: [id], read: !read });
                }}
              >
                <Icon name={read ? "circle" : "check"} />
                <span className="hidden sm:inline">{read ? "Mark as unread" : "Mark as read"}</span>
              </Button>
            </li>
          );
        })}
      </ul>
      <RefusalDialog failure={failure} onClose={forget} />
    </>
  );
}
