import { pool } from "#lib/db/pool.ts";
import { MIGRATIONS } from "#lib/db/migration-names.ts";

const PATIENCE_MS = 2_000;

/** The migrations of this version that the database lacks. Rejects when it does not answer in time. */
export async function missingMigrations(): Promise<readonly string[]> {
  const answer = pool().query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("the database does not answer")), PATIENCE_MS);
  });
  try {
    const { rows } = await Promise.race([answer, tooLate]);
    const applied = new Set(rows.map((row) => row.migration_name));
    return MIGRATIONS.filter((name) => !applied.has(name));
  } finally {
    clearTimeout(timer);
  }
}
