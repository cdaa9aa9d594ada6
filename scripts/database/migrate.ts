import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { ROOT } from "../runtime/paths.ts";
import { PlainFailure } from "../runtime/plain-failure.ts";
import { installJobQueue } from "#lib/db/job-queue.ts";
import { APP_ROLE } from "./provision.ts";
import { schemaEngine } from "./schema-engine.ts";

const FOLDER = join(ROOT, "prisma", "migrations");

/**
 * Applies the migrations that the database lacks, with Prisma's own engine and bookkeeping. With
 * `upTo` none that is newer: for tests of upgrades.
 */
export async function migrate(ownerUrl: string, upTo?: string): Promise<readonly string[]> {
  const lock = new Client({ connectionString: ownerUrl });
  await lock.connect();
  try {
    // Processes that start together take turns; the later ones then find nothing to do.
    await lock.query("SELECT pg_advisory_lock(hashtext('countersign migrations'))");
    const applied = (await isCurrent(lock, upTo)) ? [] : await apply(ownerUrl, upTo);
    await installJobQueue(ownerUrl, APP_ROLE);
    return applied;
  } catch (error) {
    throw new PlainFailure(
      `The database could not be migrated: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    await lock.end();
  }
}

/** The names of this version's migrations, oldest first. */
export function migrationNames(upTo?: string): readonly string[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => upTo === undefined || name <= upTo)
    .toSorted();
}

async function isCurrent(client: Client, upTo?: string): Promise<boolean> {
  const { rows: tables } = await client.query("SELECT to_regclass('_prisma_migrations') AS found");
  if (tables[0]?.found === null) return false;
  const { rows } = await client.query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  const applied = new Set(rows.map((row) => row.migration_name));
  return migrationNames(upTo).every((name) => applied.has(name));
}

async function apply(ownerUrl: string, upTo?: string): Promise<readonly string[]> {
  const engine = await schemaEngine(ownerUrl, readFileSync(join(ROOT, "prisma", "schema.prisma"), "utf8"));
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: {
      baseDir: FOLDER,
      lockfile: {
        path: "migration_lock.toml",
        content: readFileSync(join(FOLDER, "migration_lock.toml"), "utf8"),
      },
      shadowDbInitScript: "",
      migrationDirectories: migrationNames(upTo).map((name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok", value: readFileSync(join(FOLDER, name, "migration.sql"), "utf8") },
        },
      })),
    },
    filters: { externalTables: [], externalEnums: [] },
  });
  return appliedMigrationNames;
}
