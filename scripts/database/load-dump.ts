import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Client } from "pg";
import { z } from "zod";
import { PlainFailure } from "../runtime/plain-failure.ts";
import { BACKUP_FORMAT, type Dumped } from "./dump.ts";

const BATCH = 500;
/** Rows that are longer together go in by themselves. */
const BATCH_LENGTH = 16 * 1024 * 1024;
const head = z.object({
  format: z.literal(BACKUP_FORMAT),
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), order: z.string() })),
});
const end = z.object({ rows: z.number(), sha256: z.string() });

export type BackupHead = z.infer<typeof head>;

/**
 * Loads what `dump` wrote into an empty database of the same migrations, all or nothing. Rejects a
 * database that has people or records, other migrations, and a backup that is cut short or changed.
 * `prepare` gets the head before anything is written.
 */
export async function loadDump(
  ownerUrl: string,
  lines: Readable,
  prepare: (head: BackupHead) => Promise<void> = async () => undefined,
): Promise<Dumped> {
  const reader = createInterface({ input: lines, crlfDelay: Number.POSITIVE_INFINITY })[
    Symbol.asyncIterator
  ]();
  const first: string = (await reader.next()).value ?? "";
  const described = parseHead(first);
  await prepare(described);
  const client = new Client({ connectionString: ownerUrl, options: "-c timezone=UTC" });
  await client.connect();
  try {
    await client.query("BEGIN");
    await refuseOtherMigrations(client, described);
    await refuseUnlessEmpty(client);
    const triggers = await switchTriggersOff(client);
    for (const { name } of described.tables.toReversed())
      await client.query(`DELETE FROM ${client.escapeIdentifier(name)}`);
    const rows = await insertAll(client, described, first, reader);
    // Postgres sets no trigger while checks of the rows still wait.
    await client.query("SET CONSTRAINTS ALL IMMEDIATE");
    for (const statement of triggers) await client.query(statement);
    await client.query("COMMIT");
    return { tables: described.tables.length, rows };
  } finally {
    // Without the commit nothing stays.
    await client.end();
  }
}

async function insertAll(
  client: Client,
  { tables }: BackupHead,
  first: string,
  reader: AsyncIterator<string>,
): Promise<number> {
  const digest = createHash("sha256").update(`${first}\n`);
  let [count, batch, length, current] = [0, [] as string[], 0, ""];
  const flush = async () => {
    const table = tables.find(({ name }) => name === current);
    if (batch.length > 0 && table === undefined)
      throw new PlainFailure(`The backup names a table “${current}” that its head does not.`);
    if (table !== undefined) await insert(client, table, batch);
    [batch, length] = [[], 0];
  };
  for (;;) {
    const { value: line, done } = await reader.next();
    if (done === true) throw new PlainFailure("The backup is cut short: its end is missing.");
    const row = /^\{"t":"(\w+)","r":(.*)\}$/.exec(line);
    if (row === null) {
      await flush();
      const { rows, sha256 } = end.parse(JSON.parse(line));
      if (rows !== count || sha256 !== digest.digest("hex"))
        throw new PlainFailure("The backup was changed: its digest differs.");
      return count;
    }
    digest.update(`${line}\n`);
    const [, table = "", text = ""] = row;
    if (table !== current || batch.length >= BATCH || length >= BATCH_LENGTH) await flush();
    current = table;
    batch.push(text);
    length += text.length;
    count += 1;
  }
}

async function insert(
  client: Client,
  { name, columns }: { name: string; columns: readonly string[] },
  rows: readonly string[],
): Promise<void> {
  if (rows.length === 0) return;
  const table = client.escapeIdentifier(name);
  const list = columns.map((column) => client.escapeIdentifier(column)).join(", ");
  await client.query(
    `INSERT INTO ${table} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM json_populate_recordset(NULL::${table}, $1::json)`,
    [`[${rows.join(",")}]`],
  );
  const { rows: counted } = await client.query<{ column: string }>(
    "SELECT attname AS column FROM pg_attribute WHERE attrelid = $1::regclass AND attidentity <> ''",
    [table],
  );
  // What is numbered goes on after the last number that came back.
  for (const { column } of counted)
    await client.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), (SELECT max(${client.escapeIdentifier(column)}) FROM ${table}))`,
      [table, column],
    );
}

function parseHead(line: string): BackupHead {
  try {
    return head.parse(JSON.parse(line));
  } catch {
    throw new PlainFailure("This is no backup of Countersign.");
  }
}

async function refuseOtherMigrations(client: Client, { migrations }: BackupHead): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1",
  );
  if (rows.map(({ name }) => name).join() === migrations.join()) return;
  throw new PlainFailure(
    `The backup is of another version (its last migration is ${migrations.at(-1)}). Restore it with that version, then upgrade.`,
  );
}

async function refuseUnlessEmpty(client: Client): Promise<void> {
  const { rows } = await client.query<{ used: boolean }>(
    "SELECT EXISTS (SELECT FROM users) OR EXISTS (SELECT FROM events) AS used",
  );
  if (rows[0]?.used !== false)
    throw new PlainFailure(
      "A backup is restored into an empty installation; this one has people or records.",
    );
}

const ENABLE: Readonly<Record<string, string>> = { A: "ENABLE ALWAYS", R: "ENABLE REPLICA" };

/** Triggers judge changes; what is restored was judged before. Answers with what switches them on again. */
async function switchTriggersOff(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ table: string; trigger: string; mode: string }>(
    `SELECT c.relname::text AS table, t.tgname::text AS trigger, t.tgenabled::text AS mode
       FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND NOT t.tgisinternal AND t.tgenabled <> 'D'`,
  );
  const on: string[] = [];
  for (const { table, trigger, mode } of rows) {
    const [of, name] = [client.escapeIdentifier(table), client.escapeIdentifier(trigger)];
    const how = ENABLE[mode] ?? "ENABLE";
    await client.query(`ALTER TABLE ${of} DISABLE TRIGGER ${name}`);
    on.push(`ALTER TABLE ${of} ${how} TRIGGER ${name}`);
  }
  return on;
}
