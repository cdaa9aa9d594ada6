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

/** Reads in one snapshot, whatever others write meanwhile. */
export async function inSnapshot<T>(read: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return await read(client);
  } finally {
    await client.query("COMMIT").catch(() => undefined);
    client.release();
  }
}

/** Runs a part of a transaction that may fail: then nothing of it stands, and the rest goes on. */
export async function inSavepoint(client: PoolClient, task: () => Promise<void>): Promise<void> {
  await client.query("SAVEPOINT part");
  try {
    await task();
    await client.query("RELEASE SAVEPOINT part");
  } catch (error) {
    // Fails where the connection is lost, and then all of the transaction does.
    await client.query("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part");
    throw error;
  }
}

/** Cuts each later statement of a transaction that takes longer. */
export async function limitStatements(client: PoolClient, milliseconds: number): Promise<void> {
  await client.query("SELECT set_config('statement_timeout', $1, true)", [String(milliseconds)]);
}
