import type { PoolClient } from "pg";
import { pool } from "./pool.ts";

/** Runs statements in one transaction, and waits its turn among all processes that name this lock. */
export async function inTransactionUnder<T>(
  lock: string,
  task: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtext($1))", [lock]);
    const result = await task(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
