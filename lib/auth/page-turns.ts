import { after } from "next/server";
import { createTurns } from "#lib/turns.ts";

/** Pages of one person that a process makes at once: those of others would wait for all of their queries. */
const pagesInTurn = createTurns(4);
/** As long as a query may take; who reads slower than that has their answer in the network. */
const TURN_MS = 15_000;

/** Waits until it is the turn of this person's page, which has it until it is answered. */
export async function waitForPageTurn(personId: string): Promise<void> {
  const { promise: over, resolve: leave } = Promise.withResolvers<void>();
  after(leave);
  await new Promise<void>((begin) => {
    void pagesInTurn(personId, async () => {
      begin();
      const late = setTimeout(leave, TURN_MS);
      await over;
      clearTimeout(late);
    });
  });
}
