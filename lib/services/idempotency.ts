import type { Instant } from "#lib/domain/deployment.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { HOUR, SECOND, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import { pool } from "#lib/db/pool.ts";

type KeyRef = { readonly caller: string; readonly key: string };
/** `record` is the deployment that it is about, or opens: with its content go the answers kept of it. */
export type KeyedRequest = KeyRef & { readonly fingerprint: string; readonly record: string | null };
export type KeptAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A request that has not answered within this span was cut off, and its key may be claimed again. */
const CLAIM_SECONDS = 15;
export const ANSWERS_KEPT_HOURS = 48;

/**
 * What the same request got before; or that it is to be carried out now, under this claim. One that
 * `tookEffect`, and died before its answer was kept, is to be answered without changing anything more.
 */
export type Claim =
  | { readonly kept: KeptAnswer }
  | { readonly kept: null; readonly claimedAt: Instant; readonly tookEffect: boolean };

/**
 * Claims a caller's key for a request. Rejects with `idempotency-key-reused` for another request, and with
 * `request-in-progress` while the first is under way.
 */
export async function claimKey({ caller, key, fingerprint, record }: KeyedRequest): Promise<Claim> {
  const at = now();
  const { rows } = await pool().query<{
    fingerprint: string;
    status: number | null;
    headers: Record<string, string> | null;
    body: string | null;
    tookEffect: boolean;
    claimed: boolean;
  }>({
    name: "claim-key",
    text: CLAIM,
    values: [caller, key, fingerprint, at, laterBy(at, -CLAIM_SECONDS * SECOND), record],
  });
  const row = rows.find(({ claimed }) => claimed) ?? rows[0];
  if (row?.claimed === true) return { kept: null, claimedAt: at, tookEffect: row.tookEffect };
  if (row !== undefined && row.fingerprint !== fingerprint) {
    throw new Rejection("idempotency-key-reused", "This idempotency key came with another request before");
  }
  if (row?.status == null || row.body === null) {
    throw new Rejection(
      "request-in-progress",
      "The first request with this key is still under way; repeat it later",
    );
  }
  return { kept: { status: row.status, headers: row.headers ?? {}, body: row.body } };
}

/** Keeps the answer of a request that took effect, unless a repeat that claimed its key has answered first. */
export async function keepAnswer(
  { caller, key }: KeyRef,
  { status, headers, body }: KeptAnswer,
): Promise<void> {
  await pool().query({
    name: "keep-answer",
    text: `UPDATE idempotent_requests SET status = $3, headers = $4::jsonb, body = $5
            WHERE caller = $1 AND key = $2 AND status IS NULL`,
    values: [caller, key, status, JSON.stringify(headers), body],
  });
}

/**
 * Gives a key back: the request was refused and changed nothing. Of a repeat that claimed it since it stays,
 * and of one that took effect.
 */
export async function releaseKey({ caller, key }: KeyRef, claimedAt: Instant): Promise<void> {
  await pool().query({
    name: "release-key",
    text: `DELETE FROM idempotent_requests
            WHERE caller = $1 AND key = $2 AND claimed_at = $3::timestamptz AND status IS NULL AND NOT took_effect`,
    values: [caller, key, claimedAt],
  });
}

/** Forgets answers that nobody repeats any more. */
export async function forgetOldAnswers(): Promise<void> {
  await pool().query("DELETE FROM idempotent_requests WHERE claimed_at < $1::timestamptz", [
    laterBy(now(), -ANSWERS_KEPT_HOURS * HOUR),
  ]);
}

const CLAIM = `
WITH claim AS (
  INSERT INTO idempotent_requests AS r (caller, key, fingerprint, claimed_at, record_id)
  VALUES ($1, $2, $3, $4::timestamptz, $6::uuid)
  ON CONFLICT (caller, key) DO UPDATE SET claimed_at = excluded.claimed_at
    WHERE r.status IS NULL AND r.fingerprint = excluded.fingerprint AND r.claimed_at < $5::timestamptz
  RETURNING fingerprint, status, headers, body, took_effect
)
SELECT fingerprint, status, headers, body, took_effect AS "tookEffect", true AS claimed FROM claim
UNION ALL
SELECT fingerprint, status, headers, body, took_effect, false FROM idempotent_requests WHERE caller = $1 AND key = $2`;
