import type { PoolClient } from "pg";
import { jobQueue } from "./job-queue.ts";

/** Puts messages on the queue in the caller's transaction: carried if it commits, and only then. */
export async function sendMessages(client: PoolClient, ids: readonly string[]): Promise<void> {
  const queue = await jobQueue();
  const db = { executeSql: async (text: string, values?: unknown[]) => client.query(text, values) };
  for (const id of ids) await queue.send("deliver-message", { id }, { singletonKey: id, db });
}
