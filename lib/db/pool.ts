import { Pool, type PoolConfig } from "pg";
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
  return openPool({
    max: 16,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: "countersign",
    options: "-c timezone=UTC -c statement_timeout=15000",
  });
}

/** Connections of the app's own role; one that the server cuts is replaced on the next use. */
export function openPool(config: PoolConfig): Pool {
  const opened = new Pool({ ...config, connectionString: env().APP_DATABASE_URL });
  // Without these the process would end. One in use breaks twice, by word and by its socket, and the
  // pool hears neither then: whoever uses it is told by the query.
  opened.on("error", (error) => console.warn(`database connection lost: ${error.message}`));
  opened.on("connect", (client) => client.on("error", () => undefined));
  return opened;
}
