import type { Outside } from "../outside.ts";
import type { Lookup } from "./guarded-lookup.ts";
import { createResolve } from "./names.ts";
import { createTls } from "./tls-peer.ts";
import { createGet, createPost } from "./web.ts";

export type OutsideOptions = {
  /** CIDR ranges that may be reached though they are private. */
  readonly allowedRanges: readonly string[];
  /** From origin to the value of its Authorization header. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Certificates, PEM, of authorities that are trusted besides the usual ones. */
  readonly extraCa: readonly string[];
  readonly timeoutMs?: number;
  readonly lookup?: Lookup;
};

const TIMEOUT_MS = 10_000;

/** The way out, with the administrator's leave and limits. */
export function createOutside({ timeoutMs = TIMEOUT_MS, ...options }: OutsideOptions): Outside {
  return {
    get: createGet({ ...options, timeoutMs }),
    post: createPost({ ...options, timeoutMs }),
    tls: createTls({ ...options, timeoutMs }),
    resolve: createResolve({ ...options, timeoutMs }),
  };
}
