import type { Client } from "pg";

/** A table as a backup writes it: its columns without generated ones, and the order of its rows. */
export type Table = { readonly name: string; readonly columns: readonly string[]; readonly order: string };

// Rows that name others of their own table come after them.
const ORDERS: Readonly<Record<string, string>> = { deployments: "opened_at, id" };

/** Every table of the app, those that others refer to first. */
export async function tablesInOrder(client: Client): Promise<readonly Table[]> {
  const { rows: tables } = await client.query<{ name: string; columns: string[]; key: string[] | null }>(
    TABLES,
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(REFERENCES);
  const ordered: string[] = [];
  const place = (name: string) => {
    if (ordered.includes(name)) return;
    for (const { from, to } of references) if (from === name && to !== name) place(to);
    ordered.push(name);
  };
  for (const { name } of tables) place(name);
  return ordered.flatMap((name) => {
    const table = tables.find((candidate) => candidate.name === name);
    if (table === undefined) return [];
    const key = (table.key ?? table.columns).map((column) => client.escapeIdentifier(column)).join(", ");
    return [{ name, columns: table.columns, order: ORDERS[name] ?? key }];
  });
}

const TABLES = `
SELECT c.relname::text AS name,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       (SELECT array_agg(a.attname::text ORDER BY k.place) FROM pg_index i
          JOIN unnest(i.indkey) WITH ORDINALITY AS k(attnum, place) ON true
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
         WHERE i.indrelid = c.oid AND i.indisprimary) AS key
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
 ORDER BY 1`;

const REFERENCES = `
SELECT f.relname::text AS from, t.relname::text AS to FROM pg_constraint k
  JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
 WHERE k.contype = 'f'`;
