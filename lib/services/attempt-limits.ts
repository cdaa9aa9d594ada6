import type { Pool, PoolClient } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { beforePoolCloses, pool } from "#lib/db/pool.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { networkOf } from "#lib/network-of.ts";

/** What is limited: attempts in a span of seconds, counted over all processes. */
export const LIMITS = {
  account: { points: 10, duration: 15 * 60 },
  "second-factor": { points: 5, duration: 15 * 60 },
  address: { points: 100, duration: 15 * 60 },
  "bad-token": { points: 300, duration: 60 },
  check: { points: 6, duration: 60 },
  /** Verifications: each computes the whole log. */
  verification: { points: 30, duration: 60 * 60 },
  /** Documents whose pages are set for one person: those of others wait for them. */
  document: { points: 6, duration: 60 },
  /** Exports with filters: each leaves its line in the access log, which nothing takes away. */
  export: { points: 300, duration: 60 * 60 },
  /** New passwords that one person sets in the place of their own. */
  "own-password": { points: 20, duration: 60 * 60 },
  "set-up": { points: 20, duration: 15 * 60 },
  /** Sessions that one person begins, and proofs in them: each leaves its line in the security log. */
  proven: {
    points: 300,
    duration: 60 * 60,
    said: "You have proven who you are 300 times within an hour, as often as one person may",
  },
  /** Records that one person opens: each stays, and others' lists show it. */
  opening: {
    points: 100,
    duration: 60 * 60,
    said: "You have opened 100 deployments within an hour, as many as one person may",
  },
  /** Lines of the security log on what one person's roles did not allow. */
  "refused-access": { points: 60, duration: 60 * 60 },
  /** Mails that one person brings another by naming them or giving them items. */
  "mail-between": { points: 10, duration: 60 * 60 },
  /** The same, for what one person brings the channels of a team. */
  "channel-by-one": { points: 30, duration: 60 * 60 },
} as const;

export type Limited = keyof typeof LIMITS;

/** Counted by the address that somebody calls from. */
const BY_ADDRESS: readonly Limited[] = ["address", "bad-token", "set-up"];

const limiters = new Map<Limited, RateLimiterPostgres>();

/**
 * Counts an attempt. Rejects with `rate-limited` when there were too many; `whenFirst` runs for the
 * first of those alone, so that a flood writes one line.
 */
export async function countAttempt(
  limited: Limited,
  key: string,
  whenFirst: () => Promise<void> = async () => undefined,
): Promise<void> {
  const refusal = await consume(limited, key, whenFirst);
  if (refusal === null) return;
  const minutes = Math.max(1, Math.ceil(refusal.msBeforeNext / 60_000));
  const limit = LIMITS[limited];
  const said = "said" in limit ? limit.said : "Too many attempts";
  throw new Rejection("rate-limited", `${said}; try again in ${minutes} min`);
}

/**
 * Counts what is left out, and not refused, when there was too much of it: whether there is still room.
 * `whenFirst` runs for the first that is left out.
 */
export async function isWithinLimit(
  limited: Limited,
  key: string,
  whenFirst: () => Promise<void> = async () => undefined,
): Promise<boolean> {
  return (await consume(limited, key, whenFirst)) === null;
}

/** The same, counted in the caller's transaction: what is taken back counts for nothing. */
export async function isWithinLimitHere(client: PoolClient, limited: Limited, key: string): Promise<boolean> {
  return (await consume(limited, key, async () => undefined, limiterOn(client, "client", limited))) === null;
}

/** Forgets the attempts after one that succeeded. */
export async function forgetAttempts(limited: Limited, key: string): Promise<void> {
  await limiter(limited).delete(counted(limited, key));
}

/** Takes back the one attempt that succeeded, where others' attempts are counted with it. */
export async function uncountAttempt(limited: Limited, key: string): Promise<void> {
  await limiter(limited).reward(counted(limited, key));
}

/** Forgets what was counted in spans that are over, requests of tokens too. */
export async function forgetOldLimits(): Promise<void> {
  await pool().query("DELETE FROM rate_limits WHERE expire < $1", [Date.now()]);
}

async function consume(
  limited: Limited,
  key: string,
  whenFirst: () => Promise<void>,
  limiting = limiter(limited),
): Promise<RateLimiterRes | null> {
  try {
    await limiting.consume(counted(limited, key));
    return null;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    if (error.consumedPoints === LIMITS[limited].points + 1) await whenFirst();
    return error;
  }
}

function counted(limited: Limited, key: string): string {
  return BY_ADDRESS.includes(limited) ? networkOf(key) : key;
}

function limiter(limited: Limited): RateLimiterPostgres {
  const known = limiters.get(limited);
  if (known !== undefined) return known;
  const made = limiterOn(pool(), "pool", limited);
  limiters.set(limited, made);
  beforePoolCloses(async () => limiters.clear());
  return made;
}

function limiterOn(
  storeClient: Pool | PoolClient,
  storeType: "pool" | "client",
  limited: Limited,
): RateLimiterPostgres {
  const { points, duration } = LIMITS[limited];
  return new RateLimiterPostgres({
    storeClient,
    storeType,
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: limited,
    points,
    duration,
  });
}
