import type { Pool } from "pg";

/** Every row of every table, the job queue's too, as text; `each` gets it table by table. */
export async function readAllTables(
  superuser: Pool,
  each: (table: string, text: string) => void,
): Promise<number> {
  const { rows } = await superuser.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  for (const { name } of rows) {
    const kept = await superuser.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
    each(name, kept.rows.map(({ text }) => text).join("\n"));
  }
  return rows.length;
}
