import type { PoolClient } from "pg";
import { jobQueue } from "./job-queue.ts";

/** How many messages of one team, or mails, are on their way at once. */
const LANES = 3;

/**
 * Puts messages on the queue in the caller's transaction: carried if it commits, and only then. They go in
 * lanes of the team whose webhooks they are for, or of mail: a receiver that is slow holds up its lane alone.
 */
export async function sendMessages(
  client: PoolClient,
  ids: readonly string[],
  of: "mail" | { readonly teamId: string },
): Promise<void> {
  const queue = await jobQueue();
  const db = { executeSql: async (text: string, values?: unknown[]) => client.query(text, values) };
  for (const id of ids) {
    const group = { id: `${of === "mail" ? of : of.teamId} ${Number.parseInt(id.slice(0, 4), 16) % LANES}` };
    await queue.send("deliver-message", { id }, { singletonKey: id, group, db });
  }
}

/** Has one row of the outbox told by itself, in the same way. */
export async function askToTellAgain(client: PoolClient, outboxId: string): Promise<void> {
  const queue = await jobQueue();
  const db = { executeSql: async (text: string, values?: unknown[]) => client.query(text, values) };
  await queue.send("tell-again", { id: outboxId }, { singletonKey: outboxId, db });
}
