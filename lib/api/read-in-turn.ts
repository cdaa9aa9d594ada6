import pLimit, { type LimitFunction } from "p-limit";
import { readBody } from "./body.ts";

const AT_ONCE = 4;
const turns = new Map<string, LimitFunction>();

/**
 * A large body, as `readBody`. A process reads so many of one caller at once: the others of theirs wait
 * with the network, and not in its memory.
 */
export async function readInTurn(caller: string, request: Request, limit: number): Promise<Buffer> {
  const turn = turns.get(caller) ?? pLimit(AT_ONCE);
  turns.set(caller, turn);
  try {
    return await turn(async () => readBody(request, limit));
  } finally {
    if (turn.pendingCount === 0 && turn.activeCount <= 1) turns.delete(caller);
  }
}
