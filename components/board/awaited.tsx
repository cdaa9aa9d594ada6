import { ROLE_TITLES } from "#lib/domain/roles.ts";
import type { BoardRow } from "#lib/queries/board.ts";
import { Icon } from "#components/ui/icon.tsx";

/** Whose move it is, in a few words; the reader's own stands out. */
export function Awaited({ row }: { row: BoardRow }) {
  if (!row.awaitsMe) return <span className="text-ink-muted">{whoseMove(row)}</span>;
  return (
    <span className="flex items-start gap-1.5 font-medium text-waiting-text">
      <Icon name="signature" className="mt-0.5 size-4" />
      {myMove(row)}
    </span>
  );
}

function myMove({ breakGlass, awaitsMeAs }: BoardRow): string {
  if (breakGlass === "requested") return "Waits for you to confirm the break glass";
  return `Waits for you as ${awaitsMeAs === null ? "a stand-in" : ROLE_TITLES[awaitsMeAs]}`;
}

function whoseMove({ status, awaitedRoles, breakGlass, summary, rtoEndsAt }: BoardRow): string {
  if (breakGlass === "requested") return "An approver, to confirm";
  switch (status) {
    case "awaiting-sign-off":
      return awaitedRoles.map((role) => ROLE_TITLES[role]).join(", ");
    case "rejected":
      return "Team lead, to answer";
    case "ready":
      return "Engineers, to begin T-0";
    case "rolling-back":
    case "in-progress": {
      const phase = rtoEndsAt === null ? summary.phases.find(({ state }) => state !== "completed") : null;
      const { done, total } = phase ?? summary.rollback ?? { done: 0, total: 0 };
      return done < total
        ? `Engineers: ${total - done} ${total - done === 1 ? "item" : "items"} left`
        : "Engineers";
    }
    default:
      return "—";
  }
}
