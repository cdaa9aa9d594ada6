import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Pool } from "pg";
import { closeJobQueue } from "#lib/db/job-queue.ts";
import { closePool } from "#lib/db/pool.ts";
import { startPostgres } from "#scripts/database/embedded-postgres.ts";
import { migrate } from "#scripts/database/migrate.ts";
import { provisionEmbedded } from "#scripts/database/provision.ts";

const SECRET = "a secret for proofs that nobody else has";

export type ProofDatabase = {
  /** Connection strings of the three roles to the one database. */
  readonly urls: { readonly superuser: string; readonly owner: string; readonly app: string };
  /** Connections of the superuser, for looking at what the app may not see. */
  readonly superuser: Pool;
  readonly folder: string;
  readonly secret: string;
  /** The file of the installation's signing key. */
  readonly signingKey: string;
  /** Drops the database and makes it anew, empty and not migrated, under the same address. */
  readonly renew: () => Promise<void>;
  /** Kills or stops the server and starts it again on the same port; answers when it takes connections. */
  readonly restart: (how: "kill" | "stop") => Promise<void>;
};

/**
 * Runs a task on a Postgres and a migrated database of its own, and lets this process use the
 * app's services on it. Everything is stopped and removed afterwards, also on Ctrl-C. Only a
 * `durable` one waits for the disk, for promises about crashes.
 */
export async function withDatabase<T>(
  task: (database: ProofDatabase) => Promise<T>,
  { durable = false, migrated = true } = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-proof-"));
  let postgres = await startPostgres(folder, "proof");
  const restart = async (how: "kill" | "stop") => {
    await postgres[how]();
    postgres = await startPostgres(folder, "proof", Number(new URL(postgres.url).port));
  };
  const urls = await provisionEmbedded(postgres.url, SECRET, "countersign");
  const superuserUrl = new URL(postgres.url);
  superuserUrl.pathname = "/countersign";
  const superuser = new Pool({ connectionString: superuserUrl.href, max: 4 });
  superuser.on("error", () => undefined);
  const stop = async () => {
    await closeJobQueue();
    await closePool();
    await untilAlone(superuser);
    await superuser.end();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const interrupted = () => void stop().finally(() => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupted);
  const renew = async () => {
    await closeJobQueue();
    await closePool();
    await superuser.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'countersign' AND pid <> pg_backend_pid()",
    );
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await client.query("DROP DATABASE countersign WITH (FORCE)");
    await client.query("CREATE DATABASE countersign OWNER countersign_owner");
    await client.end();
  };
  try {
    if (!durable) await doNotWaitForDisk(superuser);
    if (migrated) await migrate(urls.owner);
    joinServices(urls.app, folder);
    return await task({
      urls: { superuser: superuserUrl.href, ...urls },
      superuser,
      folder,
      secret: SECRET,
      signingKey: join(folder, "signing-key"),
      renew,
      restart,
    });
  } finally {
    await stop();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, interrupted);
  }
}

// `lib/env.ts` reads these at the first call of a service.
function joinServices(appUrl: string, folder: string): void {
  process.env.APP_DATABASE_URL = appUrl;
  process.env.COUNTERSIGN_SECRET = SECRET;
  process.env.COUNTERSIGN_SIGNING_KEY = join(folder, "signing-key");
  process.env.COUNTERSIGN_ORIGIN = "http://localhost";
}

async function doNotWaitForDisk(superuser: Pool): Promise<void> {
  await superuser.query("ALTER SYSTEM SET fsync = off");
  await superuser.query("ALTER SYSTEM SET full_page_writes = off");
  await superuser.query("SELECT pg_reload_conf()");
}

// A pool that has ended may still be saying goodbye, and complains when it is cut off.
async function untilAlone(superuser: Pool): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const others = await superuser
      .query("SELECT FROM pg_stat_activity WHERE usename LIKE 'countersign_%'")
      .catch(() => null);
    if (others === null || others.rowCount === 0) return;
    await sleep(50);
  }
}
