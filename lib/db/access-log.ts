import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { HOUR, laterBy, MINUTE } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { pool } from "./pool.ts";

/** All that there are; named in the count, which then finds its lines by an index. */
const ACTS = ["opened", "searched", "exported"] as const;

export type Access = {
  readonly act: (typeof ACTS)[number];
  /** What was opened, the search as it stands in the address, or the format of the export. */
  readonly subject: string;
  readonly record: { readonly id: string; readonly teamId: string } | null;
};

const SPAN_MS = 10 * MINUTE;
/** Lines of one person in an hour: nothing takes one away. */
const MOST_LINES = 1_000;
const SUBJECT_LENGTH = 2_000;
const REMEMBERED = 5_000;
const noted = new Set<string>();

/**
 * Notes who looks at what, before they see it. A repeat within the same ten minutes is the same
 * look; a process that has noted it does not ask the database again. Rejects with `rate-limited` whoever
 * would bury what they looked at under other looks.
 */
export async function noteAccess(actor: Actor, { act, subject, record }: Access): Promise<void> {
  const at = now();
  const span = new Date(Math.floor(Date.parse(at) / SPAN_MS) * SPAN_MS).toISOString();
  const hourBefore = laterBy(span, SPAN_MS - HOUR);
  const key = JSON.stringify([span, actor.id, act, subject, record?.id]);
  if (noted.has(key)) return;
  const { rows } = await pool().query<{ has: boolean }>({
    name: "note-access",
    text: `WITH room AS (
             SELECT count(*) < ${MOST_LINES} AS has
               FROM access_log WHERE actor_id = $4::uuid AND act = ANY ($11) AND span >= $10::timestamptz),
           line AS (
             INSERT INTO access_log (id, at, span, actor_id, actor_name, act, subject, deployment_id, team_id)
             SELECT $1::uuid, $2::timestamptz, $3::timestamptz, $4::uuid, $5, $6, $7, $8::uuid, $9::uuid
               FROM room WHERE has ON CONFLICT DO NOTHING)
           SELECT has FROM room`,
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
      hourBefore,
      ACTS,
    ],
  });
  if (rows[0]?.has !== true)
    throw new Rejection(
      "rate-limited",
      `You have looked at ${MOST_LINES} things within an hour; try again later`,
    );
  if (noted.size >= REMEMBERED) noted.clear();
  noted.add(key);
}
