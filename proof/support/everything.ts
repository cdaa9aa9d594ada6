import { setTimeout as sleep } from "node:timers/promises";
import { pool } from "#lib/db/pool.ts";
import { differing, tableSums, type TableSum } from "./table-sums.ts";

/** What may change though nothing was written: counts of attempts, logs of use and jobs of the clock. */
const ASIDE: ReadonlySet<string> = new Set([
  "_prisma_migrations",
  "api_token_addresses",
  "check_runs",
  "checkpoint_deliveries",
  "log_checkpoints",
  "log_leaves",
  "passkey_challenges",
  "pending_sign_ins",
  "probes",
  "rate_limits",
  "security_log",
]);
const CLOCKS: ReadonlySet<string> = new Set(["last_seen_at", "last_used_at"]);

/**
 * All that a write could have changed, table by table; to be compared by `changedSince`. It waits until
 * the app's worker has told of what was written so far, lest that counts as a change.
 */
export async function everything(): Promise<ReadonlyMap<string, TableSum>> {
  await allTold();
  const { rows } = await pool().query<{ name: string; columns: readonly string[] }>(
    `SELECT table_name AS name, json_agg(column_name::text ORDER BY ordinal_position) AS columns
       FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name`,
  );
  const tables = rows
    .filter(({ name }) => !ASIDE.has(name))
    .map(({ name, columns }) => ({ name, columns: columns.filter((column) => !CLOCKS.has(column)) }));
  return tableSums(pool(), tables);
}

/** The tables that differ from what they held. */
export async function changedSince(before: ReadonlyMap<string, TableSum>): Promise<readonly string[]> {
  return differing(before, await everything());
}

async function allTold(): Promise<void> {
  const untold = async () => {
    const { rows } = await pool().query("SELECT FROM outbox WHERE fanned_out_at IS NULL LIMIT 1");
    return rows.length > 0;
  };
  while (await untold()) await sleep(100);
}
