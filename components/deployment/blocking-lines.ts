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

/** So many open items are named; more of them are one line. */
const NAMED_AT_MOST = 3;

/**
 * What blocks a record, failing first, then what is the reader's own, then what waits for others.
 * Open items of one owner are one line, and so are those of nobody, where they are many; of the
 * signatures, the one whose turn it is stands by itself.
 */
export function blockingLines(
  view: DeploymentView,
  me: string,
  named: number = NAMED_AT_MOST,
): readonly BlockingLine[] {
  const [unsigned, others] = partition(view.blockers, ({ code }) => code === "approval-missing");
  const owned = Map.groupBy(others, (blocker) => ownerOf(blocker, view)?.id ?? null);
  const lines = [...owned].flatMap(([owner, blockers]) => {
    if (owner === null) return nobodysLines(blockers, view, named);
    return owner === me ? myLines(blockers, view) : [othersLine(blockers, view)];
  });
  return [...lines, ...signatureLines(unsigned, view)].toSorted((a, b) => a.rank - b.rank);
}

function partition<T>(all: readonly T[], fits: (one: T) => boolean): [readonly T[], readonly T[]] {
  return [all.filter(fits), all.filter((one) => !fits(one))];
}

// What fails stays a line by itself, whoever owns it.
function ownerOf({ code, item }: Blocker, view: DeploymentView) {
  const open = code === "item-open" || code === "requirement-missing";
  return open && item !== undefined ? (findItemView(view, item)?.owner ?? null) : null;
}

const MINE = { icon: "mine", tone: "waiting", rank: 2.5 } as const;

function myLines(blockers: readonly Blocker[], view: DeploymentView): readonly BlockingLine[] {
  if (blockers.length <= NAMED_AT_MOST)
    return blockers.map((blocker) => ({
      message: `Yours: ${titleOf(blocker, view)}`,
      href: hrefOf(blocker, view.id),
      ...MINE,
    }));
  return [
    { message: `${blockers.length} items are yours`, href: `/deployments/${view.id}?items=mine`, ...MINE },
  ];
}

function othersLine(blockers: readonly Blocker[], view: DeploymentView): BlockingLine {
  const [first] = blockers;
  const count = blockers.length;
  const name = (first === undefined ? undefined : ownerOf(first, view)?.name) ?? "somebody";
  return {
    message: count === 1 ? `1 item waits for ${name}` : `${count} items wait for ${name}`,
    href: first === undefined ? `/deployments/${view.id}` : hrefOf(first, view.id),
    icon: "person",
    tone: "neutral",
    rank: 4,
  };
}

function nobodysLines(
  blockers: readonly Blocker[],
  view: DeploymentView,
  named: number,
): readonly BlockingLine[] {
  const [open, others] = partition(blockers, ({ code }) => code === "item-open");
  if (open.length <= named) return blockers.map((blocker) => lineOf(blocker, view));
  const all = {
    message: `${open.length} open items have no owner`,
    href: `/deployments/${view.id}?items=open`,
    ...LOOK["item-open"],
  };
  return [...others.map((blocker) => lineOf(blocker, view)), all];
}

/** Whose turn it is, and after them the rest in one line. */
function signatureLines(unsigned: readonly Blocker[], view: DeploymentView): readonly BlockingLine[] {
  const { steps } = view.signOff;
  const [turn, later] = partition(
    unsigned,
    ({ role }) => steps.find((step) => step.role === role)?.state === "next",
  );
  // Before signing has begun nobody has a turn.
  if (turn.length === 0) return later.map((blocker) => lineOf(blocker, view));
  const titles = steps.filter(({ role }) => later.some((one) => one.role === role)).map(({ title }) => title);
  const href = `/deployments/${view.id}/sign-off`;
  return [
    ...turn.map((blocker) => {
      const step = steps.find(({ role }) => role === blocker.role);
      const mine = step?.sign.allowed === true || step?.signFor.some(({ sign }) => sign.allowed) === true;
      return mine
        ? { ...lineOf(blocker, view), message: `Your turn as ${step.title}`, rank: MINE.rank }
        : lineOf(blocker, view);
    }),
    ...(titles.length === 0
      ? []
      : [
          {
            message: `then ${titles.join(", ")}`,
            href,
            icon: "hourglass" as const,
            tone: "neutral" as const,
            rank: 5.5,
          },
        ]),
  ];
}

function lineOf(blocker: Blocker, view: DeploymentView): BlockingLine {
  const message = blocker.code === "item-open" ? titleOf(blocker, view) : blocker.message;
  return { message, href: hrefOf(blocker, view.id), ...LOOK[blocker.code] };
}

function titleOf({ item, message }: Blocker, view: DeploymentView): string {
  return (item === undefined ? undefined : findItemView(view, item)?.title) ?? message;
}

function hrefOf({ item, role, phase, freeze }: Blocker, id: string): string {
  if (freeze !== undefined) return `/deployments/${id}#freezes`;
  if (item !== undefined) return `/deployments/${id}#item-${item}`;
  if (role !== undefined) return `/deployments/${id}/sign-off`;
  return phase === undefined ? `/deployments/${id}` : `/deployments/${id}#${phase}`;
}

const LOOK: Readonly<Record<Blocker["code"], { rank: number; tone: Tone; icon: IconName }>> = {
  "deployment-ended": { rank: 0, tone: "void", icon: "void" },
  "deployment-made": { rank: 0, tone: "void", icon: "void" },
  "other-commit": { rank: 0, tone: "blocked", icon: "blocked" },
  "other-environment": { rank: 0, tone: "blocked", icon: "blocked" },
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
