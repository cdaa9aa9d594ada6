import type { Deployment } from "#lib/domain/deployment.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import { replay } from "#lib/domain/evolve.ts";
import { chainFlaw, type Flaw, type StoredEvent, type StreamHead } from "#lib/db/chain-flaw.ts";
import { canonicalText } from "#lib/db/event-chain.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { pool } from "#lib/db/pool.ts";

export type Verification = {
  readonly streams: number;
  readonly events: number;
  readonly flaws: readonly Flaw[];
};

type Head = StreamHead & { readonly kind: "deployment" | "installation" };

/**
 * Checks every event of every stream: number, link, canonical form and hash; that each stream ends
 * where its record says; and that replaying a deployment's events gives exactly what its tables
 * hold. Names the first flaw of each stream.
 */
export async function verifyHistory(): Promise<Verification> {
  const heads = await pool().query<Head>(HEADS);
  const flaws: Flaw[] = [];
  let events = 0;
  for (const head of heads.rows) {
    const stored = await pool().query<StoredEvent>(
      "SELECT seq, body, hash FROM events WHERE stream_id = $1 ORDER BY seq",
      [head.id],
    );
    events += stored.rows.length;
    const flaw =
      chainFlaw(head, stored.rows) ??
      (head.kind === "deployment" ? await replayFlaw(head.id, stored.rows) : null);
    if (flaw !== null) flaws.push(flaw);
  }
  const orphans = await pool().query<{ stream_id: string; seq: number }>(ORPHANS);
  for (const { stream_id, seq } of orphans.rows)
    flaws.push({ stream: stream_id, seq, message: "its record is missing" });
  return { streams: heads.rows.length, events, flaws };
}

async function replayFlaw(id: string, events: readonly StoredEvent[]): Promise<Flaw | null> {
  const loaded = await loadDeployment(id, { fresh: true });
  const replayed = replay(
    id,
    events.map(({ body }) => eventFrom(body)),
  );
  const table = loaded === null ? "record" : differingPart(loaded.deployment, replayed);
  return table === null
    ? null
    : { stream: id, seq: null, message: `its ${table} differ from what its history tells` };
}

function differingPart(stored: Deployment, replayed: Deployment): string | null {
  for (const part of Object.keys(replayed)) {
    if (partText(stored, part) !== partText(replayed, part)) return part;
  }
  return null;
}

function partText(deployment: Deployment, part: string): string {
  return canonicalText({ part: Object.entries(deployment).find(([key]) => key === part)?.[1] ?? null });
}

// The chain has been checked before, so this text is one that `chain` wrote.
function eventFrom(body: string): DeploymentEvent {
  return JSON.parse(body) as DeploymentEvent;
}

const HEADS = `
SELECT id, revision, head_hash, 'deployment' AS kind FROM deployments
UNION ALL SELECT id, revision, head_hash, 'installation' FROM installations
ORDER BY id`;

const ORPHANS = `
SELECT stream_id, min(seq) AS seq FROM events e
 WHERE NOT EXISTS (SELECT FROM deployments d WHERE d.id = e.stream_id)
   AND NOT EXISTS (SELECT FROM installations i WHERE i.id = e.stream_id)
 GROUP BY stream_id`;
