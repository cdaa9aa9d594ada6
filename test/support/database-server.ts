import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { startPostgres } from "#scripts/database/embedded-postgres.ts";
import { migrate } from "#scripts/database/migrate.ts";
import { provisionEmbedded } from "#scripts/database/provision.ts";

const SECRET = "a secret for tests that nobody else has";

declare module "vitest" {
  interface ProvidedContext {
    superuserUrl: string;
    templateUrls: { owner: string; app: string };
    secret: string;
  }
}

/** A Postgres for this run alone, with one migrated database that each test file copies. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-test-"));
  const postgres = await startPostgres(folder, "test");
  const urls = await provisionEmbedded(postgres.url, SECRET, "template_countersign");
  await migrate(urls.owner);
  await closeConnections(postgres.url);
  provide("superuserUrl", postgres.url);
  provide("templateUrls", urls);
  provide("secret", SECRET);
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

// Postgres copies a database only while nobody is connected to it.
async function closeConnections(superuserUrl: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'template_countersign'",
  );
  await client.end();
}
