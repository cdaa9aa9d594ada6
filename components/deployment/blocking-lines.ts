import type { Blocker } from "#lib/domain/rejection.ts";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import type { IconName } from "#components/ui/icon.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { findItemView } from "./find-item-view.ts";

/** One line of what blocks a record, and where it leads. */
export type BlockingLine = {
  readonly message: string;
  readonly href: string;
  readonly icon: IconName;
  readonly tone: Tone;
  readonly rank: number;
};

/** So many open items that are nobody's are named; more of them are one line. */
const NAMED_AT_MOST = 3;

/**
 * What blocks a record, failing first, then what is the reader's own, then what waits for others.
 * Open items of one owner are one line, and so are those of nobody, where they are many.
 */
export function blockingLines(view: DeploymentView, me: string): readonly BlockingLine[] {
  const owned = Map.groupBy(view.blockers, (blocker) => ownerOf(blocker, view)?.id ?? null);
  const lines = [...owned].flatMap(([owner, blockers]) =>
    owner === null ? nobodysLines(blockers, view.id) : [ownersLine(blockers, owner === me, view)],
  );
  return lines.toSorted((a, b) => a.rank - b.rank);
}

// What fails stays a line by itself, whoever owns it.
function ownerOf({ code, item }: Blocker, view: DeploymentView) {
  const open = code === "item-open" || code === "requirement-missing";
  return open && item !== undefined ? (findItemView(view, item)?.owner ?? null) : null;
}

function ownersLine(blockers: readonly Blocker[], mine: boolean, view: DeploymentView): BlockingLine {
  const [first] = blockers;
  const count = blockers.length;
  const name = (first === undefined ? undefined : ownerOf(first, view)?.name) ?? "somebody";
  const items = count === 1 ? "1 item" : `${count} items`;
  const one = count === 1 && first !== undefined;
  return mine
    ? {
        message: `${items} ${count === 1 ? "is" : "are"} yours`,
        href: one ? hrefOf(first, view.id) : `/deployments/${view.id}?items=mine`,
        icon: "mine",
        tone: "waiting",
        rank: 2.5,
      }
    : {
        message: `${items} ${count === 1 ? "waits" : "wait"} for ${name}`,
        href: first === undefined ? `/deployments/${view.id}` : hrefOf(first, view.id),
        icon: "person",
        tone: "neutral",
        rank: 4,
      };
}

function nobodysLines(blockers: readonly Blocker[], id: string): readonly BlockingLine[] {
  const open = blockers.filter(({ code }) => code === "item-open");
  if (open.length <= NAMED_AT_MOST) return blockers.map((blocker) => lineOf(blocker, id));
  const others = blockers.filter(({ code }) => code !== "item-open");
  const all = {
    message: `${open.length} items are open and nobody’s`,
    href: `/deployments/${id}?items=open`,
    ...LOOK["item-open"],
  };
  return [...others.map((blocker) => lineOf(blocker, id)), all];
}

function lineOf(blocker: Blocker, id: string): BlockingLine {
  return { message: blocker.message, href: hrefOf(blocker, id), ...LOOK[blocker.code] };
}

function hrefOf({ item, role, phase, freeze }: Blocker, id: string): string {
  if (freeze !== undefined) return `/deployments/${id}#freezes`;
  if (item !== undefined) return `/deployments/${id}#item-${item}`;
  if (role !== undefined) return `/deployments/${id}/sign-off`;
  return phase === undefined ? `/deployments/${id}` : `/deployments/${id}#${phase}`;
}

const LOOK: Readonly<Record<Blocker["code"], { rank: number; tone: Tone; icon: IconName }>> = {
  "deployment-ended": { rank: 0, tone: "void", icon: "void" },
  "sign-off-rejected": { rank: 0, tone: "blocked", icon: "blocked" },
  "requirement-failed": { rank: 1, tone: "blocked", icon: "blocked" },
  "requirement-stale": { rank: 1, tone: "blocked", icon: "clock" },
  "check-failed": { rank: 1, tone: "blocked", icon: "blocked" },
  "requirement-unknown": { rank: 2, tone: "attention", icon: "alert" },
  "requirement-missing": { rank: 2, tone: "attention", icon: "alert" },
  "freeze-window": { rank: 2, tone: "blocked", icon: "snowflake" },
  "rollback-running": { rank: 2, tone: "blocked", icon: "rollback" },
  "item-open": { rank: 3, tone: "neutral", icon: "circle-dashed" },
  "requirement-waiting": { rank: 4, tone: "waiting", icon: "hourglass" },
  "approval-missing": { rank: 5, tone: "waiting", icon: "signature" },
  "phase-incomplete": { rank: 6, tone: "neutral", icon: "lock" },
};
