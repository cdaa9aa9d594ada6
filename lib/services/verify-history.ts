import type { Deployment } from "#lib/domain/deployment.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import { replay } from "#lib/domain/evolve.ts";
import { canonicalText, sha256 } from "#lib/db/event-chain.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { pool } from "#lib/db/pool.ts";

/** What is wrong with a history, with the first event or table at which it shows. */
export type Flaw = { readonly stream: string; readonly seq: number | null; readonly message: string };

export type Verification = { readonly streams: number; readonly events: number; readonly flaws: readonly Flaw[] };

type StoredEvent = { readonly seq: number; readonly body: string; readonly hash: string };
type Head = { readonly id: string; readonly revision: number; readonly head_hash: string | null; readonly kind: "deployment" | "installation" };

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
    const stored = await pool().query<StoredEvent>("SELECT seq, body, hash FROM events WHERE stream_id = $1 ORDER BY seq", [head.id]);
    events += stored.rows.length;
    const flaw = chainFlaw(head, stored.rows) ?? (head.kind === "deployment" ? await replayFlaw(head.id, stored.rows) : null);
    if (flaw !== null) flaws.push(flaw);
  }
  const orphans = await pool().query<{ stream_id: string; seq: number }>(ORPHANS);
  for (const { stream_id, seq } of orphans.rows) flaws.push({ stream: stream_id, seq, message: "its record is missing" });
  return { streams: heads.rows.length, events, flaws };
}

/** The first break in one stream's chain; null when it is whole. */
export function chainFlaw({ id, revision, head_hash }: Omit<Head, "kind">, events: readonly StoredEvent[]): Flaw | null {
  let prev: string | null = null;
  for (const [index, { seq, body, hash }] of events.entries()) {
    const at = (message: string) => ({ stream: id, seq, message });
    if (seq !== index + 1) return at(`event ${index + 1} is missing`);
    if (sha256(body) !== hash) return at("its text and its hash differ");
    const entry = parseBody(body);
    if (entry === null || canonicalText(entry) !== body) return at("its text is not in canonical form");
    if (entry["stream"] !== id || entry["seq"] !== seq) return at("its text names another place");
    if (entry["prev"] !== prev) return at("it does not follow the event before it");
    prev = hash;
  }
  if (events.length !== revision) return { stream: id, seq: events.length + 1, message: `its record counts ${revision} events, there are ${events.length}` };
  return prev === head_hash ? null : { stream: id, seq: events.length, message: "its record ends with another hash" };
}

async function replayFlaw(id: string, events: readonly StoredEvent[]): Promise<Flaw | null> {
  const loaded = await loadDeployment(id, { fresh: true });
  const replayed = replay(id, events.map(({ body }) => eventFrom(body)));
  const table = loaded === null ? "record" : differingPart(loaded.deployment, replayed);
  return table === null ? null : { stream: id, seq: null, message: `its ${table} differ from what its history tells` };
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

function parseBody(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
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
