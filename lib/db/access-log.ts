import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import { MINUTE } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { pool } from "./pool.ts";

export type Access = {
  readonly act: "opened" | "searched" | "exported";
  /** What was opened, the search as it stands in the address, or the format of the export. */
  readonly subject: string;
  readonly record: { readonly id: string; readonly teamId: string } | null;
};

const SPAN_MS = 10 * MINUTE;
const SUBJECT_LENGTH = 2_000;
const REMEMBERED = 5_000;
const noted = new Set<string>();

/**
 * Notes who looks at what, before they see it. A repeat within the same ten minutes is the same
 * look; a process that has noted it does not ask the database again.
 */
export async function noteAccess(actor: Actor, { act, subject, record }: Access): Promise<void> {
  const at = now();
  const span = new Date(Math.floor(Date.parse(at) / SPAN_MS) * SPAN_MS).toISOString();
  const key = JSON.stringify([span, actor.id, act, subject, record?.id]);
  if (noted.has(key)) return;
  await pool().query({
    name: "note-access",
    text: `INSERT INTO access_log (id, at, span, actor_id, actor_name, act, subject, deployment_id, team_id)
           VALUES ($1::uuid, $2, $3, $4::uuid, $5, $6, $7, $8::uuid, $9::uuid) ON CONFLICT DO NOTHING`,
    values: [
      randomUUID(),
      at,
      span,
      actor.id,
      actor.name,
      act,
      subject.slice(0, SUBJECT_LENGTH),
      record?.id ?? null,
      record?.teamId ?? null,
    ],
  });
  if (noted.size >= REMEMBERED) noted.clear();
  noted.add(key);
}
