import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { beforePoolCloses, pool } from "#lib/db/pool.ts";

/** Requests of one API token in a span of seconds, counted over all processes. */
export const REQUEST_QUOTA = { requests: 600, seconds: 60 } as const;

export type RequestBudget = {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the count begins anew. */
  readonly resetSeconds: number;
};

let limiter: RateLimiterPostgres | undefined;

/** Counts one request of a token. */
export async function countRequest(tokenId: string): Promise<RequestBudget> {
  limiter ??= createLimiter();
  try {
    return budget(true, await limiter.consume(tokenId));
  } catch (error) {
    if (error instanceof RateLimiterRes) return budget(false, error);
    throw error;
  }
}

function createLimiter(): RateLimiterPostgres {
  beforePoolCloses(async () => {
    limiter = undefined;
  });
  return new RateLimiterPostgres({
    storeClient: pool(),
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: "token",
    points: REQUEST_QUOTA.requests,
    duration: REQUEST_QUOTA.seconds,
  });
}

function budget(allowed: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): RequestBudget {
  return {
    allowed,
    remaining: Math.max(0, remainingPoints),
    resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
  };
}
