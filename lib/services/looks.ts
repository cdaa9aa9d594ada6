import type { Actor } from "#lib/domain/actor.ts";
import type { LookInput } from "#lib/domain/inputs/looks.ts";
import { may } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { visitBegins } from "#lib/domain/visit.ts";
import { now } from "#lib/clock.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { pool } from "#lib/db/pool.ts";

/**
 * Notes how far a person has seen a record, so that the next visit tells what changed since. It is
 * no part of the record, so it leaves no event there, and nothing where its content has been removed.
 */
export async function recordLook(actor: Actor, { deploymentId, seq }: LookInput): Promise<void> {
  const loaded = await loadDeployment(deploymentId);
  if (loaded === null || !may(actor, "deployment.view", loaded.deployment.teamId)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  const at = now();
  const seen = Math.min(seq, loaded.deployment.revision);
  const values = [actor.id, deploymentId, seen, at, visitBegins(at)];
  await pool().query({ name: "record-look", text: RECORD, values });
}

// A new visit begins where the last one ended; within a visit that place stays.
const RECORD = `
INSERT INTO looks AS l (person_id, deployment_id, seq, at)
SELECT $1::uuid, d.id, $3::int, $4::timestamptz FROM deployments d
 WHERE d.id = $2::uuid AND d.stone_seq IS NULL FOR KEY SHARE
ON CONFLICT (person_id, deployment_id) DO UPDATE SET
  seq = greatest(l.seq, excluded.seq), at = excluded.at,
  since_seq = CASE WHEN l.at < $5::timestamptz THEN l.seq ELSE l.since_seq END,
  since_at = CASE WHEN l.at < $5::timestamptz THEN l.at ELSE l.since_at END`;
