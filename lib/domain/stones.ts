import { RETENTION_DAYS } from "./inputs/retention.ts";
import type { Instant } from "./deployment.ts";
import { NOTICE } from "./retention-span.ts";
import { DAY } from "./time.ts";

/** What stays of a record whose content was removed: an event of the installation's history. */
export type StoneData = {
  readonly deployment: string;
  readonly service: string;
  readonly version: string;
  readonly endedAt: Instant;
  /** How many events the record had; each is a shell now, with its hash. */
  readonly events: number;
  readonly headHash: string;
  /** SHA-256, in hex, of the shells' canonical texts, joined by line feeds: what is left cannot be edited. */
  readonly shells: string;
  /**
   * A digest over what stays of the record's row, as Postgres computes it. The stones of before the week's
   * notice of shorter spans and lifted holds have none.
   */
  readonly kept?: string | undefined;
  /** The span, in days, that was in force. */
  readonly retentionDays: number;
  readonly policy: "by-the-clock" | "by-hand";
};

export type Stone = StoneData & { readonly seq: number; readonly at: Instant };

/** An event without its content: what the removal left of it. */
export type Shell = {
  readonly actor: { readonly id: string };
  readonly at: Instant;
  readonly format: 1;
  readonly prev: string | null;
  /** The number of the stone in the installation's history. */
  readonly removed: number;
  readonly seq: number;
  readonly stream: string;
  readonly type: string;
};

/** The event that ended a record, from what is left of it. */
export function endingOf(shells: readonly Shell[]): Shell | undefined {
  return shells.findLast(({ type }) => ENDINGS.includes(type));
}

const ENDINGS = ["deployment.completed", "deployment.rolled-back", "deployment.cancelled"];

/**
 * Why a removal was against the rules, from what it left; null when it was lawful. `spanDays` is
 * the retention span in force when the stone was set, by the installation's history.
 */
export function unlawfulRemoval(
  stone: Stone,
  shells: readonly Shell[],
  spanDays: number | null,
): string | null {
  const stray = shells.find(({ removed }) => removed !== stone.seq);
  if (stray !== undefined) return `event ${stray.seq} was not removed with stone ${stone.seq}`;
  if (shells.length !== stone.events)
    return `stone ${stone.seq} tells of ${stone.events} events, there are ${shells.length}`;
  if (spanDays !== stone.retentionDays)
    return `stone ${stone.seq} tells of another retention span than was in force`;
  if (spanDays < RETENTION_DAYS.min) return `stone ${stone.seq} tells of a span that nobody can set`;
  const ending = endingOf(shells);
  if (ending === undefined) return "it was removed before it had ended";
  const removed = Date.parse(stone.at);
  if (toldAt(shells, ending) + spanDays * DAY > removed) return "it was removed within the retention span";
  const hold = shells.findLast(({ type }) => type.startsWith("legal-hold."));
  if (hold === undefined) return null;
  if (hold.type === "legal-hold.set") return "it was removed under legal hold";
  return stone.kept !== undefined && toldAt(shells, hold) + NOTICE > removed
    ? "it was removed within a week of its legal hold"
    : null;
}

// No earlier than what stands before it: a false date at the end ages nothing.
function toldAt(shells: readonly Shell[], { seq }: Shell): number {
  const until = shells.filter((shell) => shell.seq <= seq);
  return Math.max(...until.map(({ at }) => Date.parse(at)));
}
