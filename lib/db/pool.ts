import { Pool } from "pg";
import { env } from "#lib/env.ts";

// One pool a process, whichever bundle asks first.
declare global {
  var countersignPool: Pool | undefined;
}

/** The connections of the app's own role, which owns nothing. */
export function pool(): Pool {
  globalThis.countersignPool ??= createPool();
  return globalThis.countersignPool;
}

const endings = new Set<() => Promise<void>>();

/** What works on these connections by itself ends here, before they do. */
export function beforePoolCloses(ending: () => Promise<void>): void {
  endings.add(ending);
}

/** Ends every connection; for scripts and tests that finish. */
export async function closePool(): Promise<void> {
  for (const ending of endings) await ending();
  endings.clear();
  await globalThis.countersignPool?.end();
  globalThis.countersignPool = undefined;
}

function createPool(): Pool {
  const created = new Pool({
    connectionString: env().APP_DATABASE_URL,
    max: 16,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: "countersign",
    options: "-c timezone=UTC -c statement_timeout=15000",
  });
  // A connection that the server cut is replaced on the next use; without this the process would end.
  created.on("error", (error) => console.warn(`database connection lost: ${error.message}`));
  return created;
}
