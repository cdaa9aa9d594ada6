import type { InstallationEventData } from "#lib/domain/installation-events.ts";
import { unlawfulRemoval, type Shell, type Stone } from "#lib/domain/stones.ts";
import { INSTALLATION_ID } from "./change-installation.ts";
import { canonicalText } from "#lib/proof/canonical-json.ts";
import type { StoredEvent } from "#lib/proof/event-flaw.ts";
import { shellsDigest } from "#lib/proof/shell-flaw.ts";
import type { Flaw } from "./chain-flaw.ts";
import { pool } from "./pool.ts";

/**
 * A stone with the retention span, in days, that was in force when it was set, and the number of a
 * second stone of the same record, which there never is by lawful means.
 */
export type Removal = {
  readonly stone: Stone;
  readonly spanDays: number | null;
  readonly again: number | null;
};

/** Every removal by its deployment, or that of one deployment. */
export async function loadRemovals(
  deploymentId: string | null = null,
): Promise<ReadonlyMap<string, Removal>> {
  const { rows } = await pool().query<{ body: string }>(STONES, [INSTALLATION_ID, deploymentId]);
  const removals = new Map<string, Removal>();
  let spanDays: number | null = null;
  for (const { type, seq, at, data } of rows.map(({ body }) => eventFrom(body))) {
    if (type === "retention.changed") spanDays = data.to;
    else {
      const first = removals.get(data.deployment) ?? { stone: { ...data, seq, at }, spanDays, again: null };
      removals.set(data.deployment, first.stone.seq === seq ? first : { ...first, again: seq });
    }
  }
  return removals;
}

/** A stone as it stands in the history and in the log; null while the log lacks it. */
export async function readStone(seq: number): Promise<(StoredEvent & { readonly index: number }) | null> {
  const { rows } = await pool().query<StoredEvent & { index: string }>(
    `SELECT e.seq, e.body, e.hash, l.leaf_index AS index FROM events e JOIN log_leaves l USING (stream_id, seq)
      WHERE e.stream_id = $1::uuid AND e.seq = $2`,
    [INSTALLATION_ID, seq],
  );
  const [stone] = rows;
  return stone === undefined ? null : { ...stone, index: Number(stone.index) };
}

/** What is wrong with what a removal left, whose chain has been checked; null when all is as its stone tells. */
export async function removalFlaw(
  { stone, spanDays, again }: Removal,
  events: readonly StoredEvent[],
): Promise<Flaw | null> {
  const flaw = (message: string) => ({ stream: stone.deployment, seq: null, message });
  const unlawful = unlawfulRemoval(
    stone,
    events.map(({ body }) => shellFrom(body)),
    spanDays,
  );
  if (unlawful !== null) return flaw(unlawful);
  if (again !== null)
    return flaw(`stone ${again} tells of a removal that stone ${stone.seq} tells of already`);
  if (events.at(-1)?.hash !== stone.headHash) return flaw(`stone ${stone.seq} tells of another head`);
  if (shellsDigest(events.map(({ body }) => body)) !== stone.shells)
    return flaw(`what stone ${stone.seq} left was changed afterwards`);
  const { rows } = await pool().query<{ stone_seq: number | null; left: boolean }>(LEFT, [stone.deployment]);
  if (rows[0]?.stone_seq !== stone.seq) return flaw(`its record does not name stone ${stone.seq}`);
  return rows[0].left ? flaw(`it has content again after stone ${stone.seq}`) : null;
}

/** What is left of an event; Postgres builds the same text in `event_shell`. */
export function shellOf(shell: Omit<Shell, "format" | "actor"> & { readonly actorId: string }): string {
  const { actorId, ...rest } = shell;
  return canonicalText({ ...rest, format: 1, actor: { id: actorId } });
}

type RetentionEvent = {
  [T in "retention.changed" | "retention.content-removed"]: {
    readonly type: T;
    readonly seq: number;
    readonly at: string;
    readonly data: InstallationEventData[T];
  };
}["retention.changed" | "retention.content-removed"];

// Only `chain` writes these texts, from typed events; the installation's own chain is checked too.
function eventFrom(body: string): RetentionEvent {
  return JSON.parse(body) as RetentionEvent;
}

// `chainFlaw` has found each of these to name its stone; the stone's digest covers the rest.
function shellFrom(body: string): Shell {
  return JSON.parse(body) as Shell;
}

const STONES = `
SELECT body FROM events
 WHERE stream_id = $1::uuid AND type IN ('retention.changed', 'retention.content-removed')
   AND ($2::text IS NULL OR type = 'retention.changed' OR body::jsonb #>> '{data,deployment}' = $2)
 ORDER BY seq`;

const TABLES = [
  "files",
  "probes",
  "check_runs",
  "evidence",
  "approvals",
  "rejection_answers",
  "break_glass",
  "looks",
  "comments",
  "freeze_lifts",
  "checklist_items",
  "phases",
];
const LEFT = `
SELECT d.stone_seq, (${TABLES.map((table) => `EXISTS (SELECT FROM ${table} t WHERE t.deployment_id = d.id)`).join(" OR ")}) AS left
  FROM deployments d WHERE d.id = $1::uuid`;
