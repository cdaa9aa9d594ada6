import { createHash } from "node:crypto";
import type { Writable } from "node:stream";
import { once } from "node:events";
import { Client } from "pg";
import { tablesInOrder, type Table } from "./tables.ts";

export const BACKUP_FORMAT = "countersign/backup/1";
const PAGE = 1_000;
/** Rows of up to forty megabytes, as text, are in memory one at a time. */
const PAGES: Readonly<Record<string, number>> = { files: 1 };

export type Dumped = { readonly tables: number; readonly rows: number };

/**
 * Writes every row of every table as JSON Lines, as of one moment and beside a running server: a
 * head that names the migrations and columns, a line a row, and an end with the digest of it all.
 */
export async function dump(ownerUrl: string, out: Writable): Promise<Dumped> {
  const client = new Client({ connectionString: ownerUrl, options: "-c timezone=UTC" });
  await client.connect();
  const digest = createHash("sha256");
  const write = async (line: string) => {
    digest.update(`${line}\n`);
    if (!out.write(`${line}\n`)) await once(out, "drain");
  };
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const tables = await tablesInOrder(client);
    const { rows: applied } = await client.query<{ name: string }>(
      "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1",
    );
    const migrations = applied.map(({ name }) => name);
    await write(JSON.stringify({ format: BACKUP_FORMAT, migrations, tables }));
    let rows = 0;
    for (const table of tables) rows += await dumpTable(client, table, write);
    await client.query("COMMIT");
    out.write(`${JSON.stringify({ rows, sha256: digest.digest("hex") })}\n`);
    return { tables: tables.length, rows };
  } finally {
    await client.end();
  }
}

async function dumpTable(
  client: Client,
  { name, columns, order }: Table,
  write: (line: string) => Promise<void>,
): Promise<number> {
  const quoted = columns.map((column) => client.escapeIdentifier(column)).join(", ");
  const from = client.escapeIdentifier(name);
  await client.query(
    `DECLARE dump CURSOR FOR SELECT row_to_json(t)::text AS line FROM (SELECT ${quoted} FROM ${from} ORDER BY ${order}) t`,
  );
  const page = PAGES[name] ?? PAGE;
  let count = 0;
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`FETCH ${page} FROM dump`);
    for (const { line } of rows) await write(`{"t":${JSON.stringify(name)},"r":${line}}`);
    count += rows.length;
    if (rows.length < page) break;
  }
  await client.query("CLOSE dump");
  return count;
}
