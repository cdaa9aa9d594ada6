import { joinRunningDatabase, openDatabase, type OpenDatabase } from "../database/open-database.ts";
import { lockDataDirectory } from "../runtime/data-lock.ts";
import { dataDirectory } from "../runtime/paths.ts";
import { closePool } from "#lib/db/pool.ts";

/** Runs a command on this installation's database, beside a running server or without one. */
export async function withDatabase(command: (database: OpenDatabase) => Promise<void>): Promise<void> {
  const dataDir = dataDirectory();
  const running = process.env.DATABASE_URL ? null : await joinRunningDatabase(dataDir);
  if (running !== null) return runOn(running, command);
  const unlock = lockDataDirectory(dataDir);
  try {
    await runOn(await openDatabase(dataDir), command);
  } finally {
    unlock();
  }
}

async function runOn(
  database: OpenDatabase,
  command: (database: OpenDatabase) => Promise<void>,
): Promise<void> {
  process.env.APP_DATABASE_URL = database.app;
  process.env.COUNTERSIGN_SECRET = database.secret;
  process.env.COUNTERSIGN_SIGNING_KEY = database.signingKey;
  process.env.COUNTERSIGN_ORIGIN ??= "http://localhost";
  try {
    await command(database);
  } finally {
    await closePool();
    await database.close();
  }
}
