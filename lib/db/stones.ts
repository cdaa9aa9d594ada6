import * as z from "zod/mini";
import { spanInForce, type SetSpan } from "#lib/domain/retention-span.ts";
import { unlawfulRemoval, type Shell, type Stone } from "#lib/domain/stones.ts";
import { INSTALLATION_ID } from "./change-installation.ts";
import { canonicalText } from "#lib/proof/canonical-json.ts";
import { parseBody, type StoredEvent } from "#lib/proof/event-flaw.ts";
import { shellsDigest } from "#lib/proof/shell-flaw.ts";
import type { Flaw } from "./chain-flaw.ts";
import { keptFlaw } from "./kept-row.ts";
import { pool } from "./pool.ts";

/** A stone with the retention span, in days, that was in force when it was set. */
export type Removal = {
  readonly stone: Stone;
  readonly spanDays: number | null;
  /** A second stone of the same record, which there never is by lawful means. */
  readonly again: number | null;
  /** A stone before it that tells what it kept, where this one does not, though all do since the first that did. */
  readonly keptBefore: number | null;
};

/** Every removal by its deployment, or that of one deployment. */
export async function loadRemovals(
  deploymentId: string | null = null,
): Promise<ReadonlyMap<string, Removal>> {
  const named = deploymentId === null ? null : `"deployment":"${deploymentId}"`;
  const { rows } = await pool().query<StoneRow>(STONES, [INSTALLATION_ID, named]);
  const removals = new Map<string, Removal>();
  const spans: SetSpan[] = [];
  for (const { body, since, kept } of rows) {
    const told = retentionEvent(parseBody(body));
    if (told === null) continue;
    const { type, seq, at, data } = told;
    if (type === "retention.changed") spans.push({ days: data.to, since });
    else {
      const tells = data.kept !== undefined;
      const spanDays = tells ? spanInForce(spans, at) : (spans.at(-1)?.days ?? null);
      const removal = { stone: { ...data, seq, at }, spanDays, again: null, keptBefore: tells ? null : kept };
      const first = removals.get(data.deployment);
      removals.set(data.deployment, first === undefined ? removal : { ...first, again: seq });
    }
  }
  return removals;
}

/** Whether a record says of itself that its content was removed: one look, where the stones may be many. */
export async function namesStone(deploymentId: string): Promise<boolean> {
  const { rows } = await pool().query(
    "SELECT FROM deployments WHERE id = $1::uuid AND stone_seq IS NOT NULL",
    [deploymentId],
  );
  return rows.length > 0;
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
export async function removalFlaw(removal: Removal, events: readonly StoredEvent[]): Promise<Flaw | null> {
  const { stone } = removal;
  const shells = events.map(({ body }) => shellFrom(body));
  const message =
    unlawfulRemoval(stone, shells, removal.spanDays) ??
    stoneFlaw(removal, events) ??
    (await keptFlaw(stone, shells));
  return message === null ? null : { stream: stone.deployment, seq: null, message };
}

function stoneFlaw({ stone, again, keptBefore }: Removal, events: readonly StoredEvent[]): string | null {
  if (again !== null) return `stone ${again} tells of a removal that stone ${stone.seq} tells of already`;
  if (keptBefore !== null)
    return `stone ${stone.seq} does not tell what it kept, as stone ${keptBefore} before it did`;
  if (events.at(-1)?.hash !== stone.headHash) return `stone ${stone.seq} tells of another head`;
  return shellsDigest(events.map(({ body }) => body)) === stone.shells
    ? null
    : `what stone ${stone.seq} left was changed afterwards`;
}

/** What is left of an event; Postgres builds the same text in `event_shell`. */
export function shellOf(shell: Omit<Shell, "format" | "actor"> & { readonly actorId: string }): string {
  const { actorId, ...rest } = shell;
  return canonicalText({ ...rest, format: 1, actor: { id: actorId } });
}

const place = { seq: z.int(), at: z.string() };
const retentionEventText = z.discriminatedUnion("type", [
  z.object({ ...place, type: z.literal("retention.changed"), data: z.object({ to: z.nullable(z.int()) }) }),
  z.object({
    ...place,
    type: z.literal("retention.content-removed"),
    data: z.object({
      deployment: z.string(),
      service: z.string(),
      version: z.string(),
      endedAt: z.string(),
      events: z.int(),
      headHash: z.string(),
      shells: z.string(),
      kept: z.optional(z.string()),
      retentionDays: z.int(),
      policy: z.enum(["by-the-clock", "by-hand"]),
    }),
  }),
]);

// What tells nothing of a removal hides no other one; the installation's own chain and facts name it.
function retentionEvent(entry: unknown): z.infer<typeof retentionEventText> | null {
  return retentionEventText.safeParse(entry).data ?? null;
}

// `chainFlaw` has found each of these to name its stone; the stone's digest covers the rest.
function shellFrom(body: string): Shell {
  return JSON.parse(body) as Shell;
}

/** `since`: the latest time told up to it; `kept`: the first stone up to it that tells what it kept. */
type StoneRow = { readonly body: string; readonly since: string; readonly kept: number | null };

// No body is parsed here: there may be many thousands, and one is wanted.
const STONES = `
SELECT body, since, kept
  FROM (SELECT seq, type, body, max(at) OVER told AS since,
               min(seq) FILTER (WHERE strpos(body, '"kept":"') > 0) OVER told AS kept
          FROM events WHERE stream_id = $1::uuid AND type IN ('retention.changed', 'retention.content-removed')
        WINDOW told AS (ORDER BY seq)) AS e
 WHERE $2::text IS NULL OR type = 'retention.changed' OR strpos(body, $2) > 0
 ORDER BY seq`;
