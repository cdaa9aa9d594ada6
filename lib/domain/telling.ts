import type { NotificationKind } from "./notifications.ts";
import { ROLE_TITLES, type ApproverRole } from "./roles.ts";
import type { RecordedEvent } from "./recorded-event.ts";
import { isShorter, NOTICE } from "./retention-span.ts";
import { predicateOf, remarkOf } from "./sentences.ts";
import { laterBy, minuteInWords } from "./time.ts";

/** One thing to tell: an event of a record or of the installation, a check of a completed phase, or where its sign-off stands. */
export type Telling =
  | { readonly kind: "event"; readonly event: RecordedEvent }
  | { readonly kind: "check"; readonly check: FailingCheck }
  | { readonly kind: "turn" | "reminder" | "escalation"; readonly role: ApproverRole };

/** A check that began to fail, with what it saw last, which may be a pass again. */
export type FailingCheck = {
  readonly item: string;
  readonly title: string;
  readonly passes: boolean;
  readonly summary: string;
};

type ChangeOfRetention = Extract<RecordedEvent, { readonly type: "retention.changed" }>;

/** What kind of news it is; null for what nobody is told of. */
export function newsOf(telling: Telling): NotificationKind | null {
  switch (telling.kind) {
    case "turn":
    case "reminder":
      return "turn";
    case "escalation":
      return "escalation";
    case "check":
      return "check";
    case "event":
      return KIND_OF_EVENT[telling.event.type] ?? null;
  }
}

/** The news in a sentence. */
export function tell(telling: Telling): string {
  switch (telling.kind) {
    case "turn":
      return `It is your turn to sign as ${ROLE_TITLES[telling.role]}.`;
    case "reminder":
      return `Your signature as ${ROLE_TITLES[telling.role]} is still awaited.`;
    case "escalation":
      return `Nobody has signed as ${ROLE_TITLES[telling.role]} yet.`;
    case "check":
      return telling.check.passes
        ? `The check of “${telling.check.title}” failed after its phase was completed, and passes again.`
        : `The check of “${telling.check.title}” fails after its phase was completed.`;
    case "event":
      return `${telling.event.actor.name} ${predicateOf(telling.event)}.`;
  }
}

/** The same for a group, where a turn is not the reader's own. */
export function tellTeam(telling: Telling): string {
  if (telling.kind !== "turn" && telling.kind !== "reminder") return tell(telling);
  const role = ROLE_TITLES[telling.role];
  return telling.kind === "turn"
    ? `The sign-off waits for ${role}.`
    : `The sign-off still waits for ${role}.`;
}

/** The reason or comment that somebody gave with it, what a check saw, or what time is left; null when there is none. */
export function remarkWith(telling: Telling): string | null {
  if (telling.kind === "check") return telling.check.summary;
  if (telling.kind !== "event") return null;
  return telling.event.type === "retention.changed" ? noticeOf(telling.event) : remarkOf(telling.event);
}

/** The path at which the very thing stands; what is of no record is of the retention. */
export function placeOf(telling: Telling, deploymentId: string | null): string {
  if (deploymentId === null) return "/retention";
  const record = `/deployments/${deploymentId}`;
  if (telling.kind === "check") return `${record}#item-${telling.check.item}`;
  if (telling.kind !== "event") return `${record}/sign-off`;
  const { type, data } = telling.event;
  if (type.startsWith("break-glass.")) return `${record}/sign-off#break-glass`;
  if (type.startsWith("approval.") || type === "sign-off.voided") return `${record}/sign-off`;
  const item = firstItemOf(data);
  return item === null ? record : `${record}#item-${item}`;
}

// Until a shorter span counts, somebody can still keep what it would remove.
function noticeOf({ at, data: { from, to } }: ChangeOfRetention): string | null {
  if (!isShorter(to, from)) return null;
  return `Counts from ${minuteInWords(laterBy(at, NOTICE))}. A legal hold set by then keeps a record.`;
}

function firstItemOf(data: RecordedEvent["data"]): string | null {
  if ("items" in data) return data.items[0]?.item ?? null;
  return "item" in data ? data.item : null;
}

const KIND_OF_EVENT: Readonly<Record<string, NotificationKind>> = {
  "approval.granted": "approval",
  "approval.rejected": "approval",
  "sign-off.voided": "approval",
  "items.assigned": "assigned",
  "comment.added": "mention",
  "comment.edited": "mention",
  "rollback.triggered": "rollback",
  "phase.reopened": "reopened",
  "break-glass.requested": "break-glass",
  "break-glass.confirmed": "break-glass",
  "evidence.added": "check",
  "deployment.completed": "completed",
  "freeze.lifted": "freeze",
  "retention.changed": "retention",
};
