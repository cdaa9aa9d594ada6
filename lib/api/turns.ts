import { createTurns } from "#lib/turns.ts";

/** Requests of one session's person, or of one token: a large answer takes the server's time from everybody. */
export const requestsInTurn = createTurns(16);

/** Large bodies of one caller: those that wait do so with the network, and not in the server's memory. */
export const uploadsInTurn = createTurns(4);
