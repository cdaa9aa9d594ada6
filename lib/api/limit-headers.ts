import { REQUEST_QUOTA, type RequestBudget } from "#lib/services/request-limits.ts";

/** The rate limit as the IETF's RateLimit header fields say it. */
export function limitHeaders({ allowed, remaining, resetSeconds }: RequestBudget): Record<string, string> {
  return {
    "ratelimit-policy": `"token";q=${REQUEST_QUOTA.requests};w=${REQUEST_QUOTA.seconds}`,
    ratelimit: `"token";r=${remaining};t=${resetSeconds}`,
    ...(allowed ? {} : { "retry-after": String(resetSeconds) }),
  };
}
