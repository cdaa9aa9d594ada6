import type { PoolClient } from "pg";
import { toEventActor, type Actor } from "#lib/domain/actor.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import type { StoneData } from "#lib/domain/stones.ts";
import { now } from "#lib/clock.ts";
import { INSTALLATION_ID } from "./change-installation.ts";
import { isCheckViolation } from "./errors.ts";
import { chain } from "./event-chain.ts";
import { shellsDigest } from "#lib/proof/shell-flaw.ts";
import { KEPT } from "./kept-row.ts";
import { shellOf } from "./stones.ts";
import { pool } from "./pool.ts";
import { limitStatements } from "./transaction.ts";

/** One statement removes all files of a record, which may be many gigabytes; no write may last five minutes. */
const REMOVAL_MS = 120_000;

/**
 * Removes a record's content and sets its stone, in one transaction, through the one function of
 * the database that may. Rejects with `under-legal-hold`, `retention-not-over` or `content-removed`,
 * as that function says at the very moment. The caller has been let in.
 */
export async function removeContent(
  actor: Actor,
  deploymentId: string,
  policy: StoneData["policy"],
): Promise<void> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN");
    await remove(client, actor, deploymentId, policy);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw refusalFor(error);
  } finally {
    client.release();
  }
}

async function remove(
  client: PoolClient,
  actor: Actor,
  deploymentId: string,
  policy: StoneData["policy"],
): Promise<void> {
  // The head of the installation's history first, as every change of it; then the record, so that
  // neither grows while the stone is cut.
  const { rows: heads } = await client.query<Head>(HEAD, [INSTALLATION_ID]);
  const { rows: records } = await client.query<RecordRow>(RECORD, [deploymentId]);
  const [head, record] = [heads[0], records[0]];
  if (head === undefined) throw new Error("the installation has no history; run the migrations");
  // Only now, for nothing of this changes while the head is held.
  const at = now();
  const { rows: spans } = await client.query<{ days: number | null }>(SPAN, [at]);
  const retentionDays = spans[0]?.days ?? null;
  if (record?.endedAt == null || retentionDays === null) {
    throw new Rejection(
      "retention-not-over",
      "Only an ended deployment that is older than the retention span",
    );
  }
  const seq = head.revision + 1;
  const { rows: events } = await client.query<EventRow>(EVENTS, [deploymentId]);
  const shells = events.map((event) => shellOf({ ...event, stream: deploymentId, removed: seq }));
  const { endedAt, service, version, revision, headHash, kept } = record;
  const data: StoneData = {
    deployment: deploymentId,
    service,
    version,
    endedAt: endedAt.toISOString(),
    events: revision,
    headHash,
    shells: shellsDigest(shells),
    kept,
    retentionDays,
    policy,
  };
  const stone = { seq, at, actor: toEventActor(actor), type: "retention.content-removed", data };
  const [chained] = chain(INSTALLATION_ID, head.head_hash, [stone]);
  await limitStatements(client, REMOVAL_MS);
  await client.query("SELECT remove_deployment_content($1::uuid, $2, $3)", [
    deploymentId,
    chained?.body,
    chained?.hash,
  ]);
}

function refusalFor(error: unknown): unknown {
  if (isCheckViolation(error, "removal_not_under_hold"))
    return new Rejection("under-legal-hold", "The record is under legal hold; nothing of it is removed");
  if (isCheckViolation(error, "removal_after_span"))
    return new Rejection("retention-not-over", "The retention span still covers this record");
  if (isCheckViolation(error, "removal_after_hold"))
    return new Rejection("under-legal-hold", "Its legal hold was lifted within the last seven days");
  if (isCheckViolation(error, "removal_of_what_was_told"))
    return new Rejection("conflict", "The record’s row is not what its history tells; verify it first");
  if (isCheckViolation(error, "removal_once"))
    return new Rejection("content-removed", "The content of this record has been removed already");
  return error;
}

type Head = { revision: number; head_hash: string | null };
type RecordRow = {
  service: string;
  version: string;
  endedAt: Date | null;
  revision: number;
  headHash: string;
  kept: string;
};
type EventRow = { seq: number; type: string; at: string; actorId: string; prev: string | null };

const HEAD = "SELECT revision, head_hash FROM installations WHERE id = $1::uuid FOR UPDATE";
const RECORD = `
SELECT service_name AS service, version, ended_at AS "endedAt", revision, head_hash AS "headHash", ${KEPT} AS kept
  FROM deployments d WHERE id = $1::uuid FOR UPDATE`;
const SPAN = "SELECT retention_in_force($1::timestamptz) AS days";
const EVENTS = `
SELECT seq, type, at, actor_id AS "actorId", prev_hash AS prev FROM events WHERE stream_id = $1::uuid ORDER BY seq`;
