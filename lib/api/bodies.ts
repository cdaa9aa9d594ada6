import { FILE_BYTES } from "#lib/domain/inputs/evidence.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { readBody } from "./body.ts";

/** Reads a caller's body and does something with it; what waits for the rest of a body may be broken off. */
export type WithBody = <T>(
  caller: string,
  request: Request,
  limit: number,
  use: (bytes: Buffer) => Promise<T>,
) => Promise<T>;

type Bound = {
  /** What a body counts for when so many bytes of it are there. */
  readonly weigh: (bytes: number) => number;
  readonly ofOne: number;
  readonly ofAll: number;
  readonly said: string;
};

type Body = { readonly caller: string; weight: number; breakOff: (() => void) | null };

/**
 * Bodies that a process holds at once, of one caller and of all. Beyond a bound it is the one read longest
 * that is broken off: honest ones are read in a moment. What has been read whole counts until it is done with.
 */
export function createBodies({ weigh, ofOne, ofAll, said }: Bound): WithBody {
  const held = new Set<Body>();
  const keepWithin = (most: number, isCounted: (body: Body) => boolean) => {
    let weight = [...held].filter(isCounted).reduce((sum, body) => sum + body.weight, 0);
    for (const body of held) {
      if (weight <= most) return;
      if (!isCounted(body) || body.breakOff === null) continue;
      held.delete(body);
      weight -= body.weight;
      body.breakOff();
    }
  };
  return async (caller, request, limit, use) => {
    const reading = new AbortController();
    const breakOff = () => reading.abort(new Rejection("rate-limited", said));
    const body: Body = { caller, weight: 0, breakOff };
    const weighs = (bytes: number) => {
      body.weight = weigh(bytes);
      keepWithin(ofOne, (other) => other.caller === caller);
      keepWithin(ofAll, () => true);
    };
    held.add(body);
    try {
      weighs(0);
      const bytes = await readBody(request, limit, { signal: reading.signal, onLength: weighs });
      body.breakOff = null;
      return await use(bytes);
    } finally {
      held.delete(body);
    }
  };
}

/** By person: tokens are made without end. Room for more than one token's uploads of the largest size. */
export const withBody = createBodies({
  weigh: (bytes) => bytes,
  ofOne: 5 * FILE_BYTES,
  ofAll: 256 * 1024 * 1024,
  said: "Too much is being sent at once; send it again",
});
