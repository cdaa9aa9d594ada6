import type { Pool } from "pg";

export type TableSum = { readonly rows: number; readonly sum: string };

/** A digest of each table's rows, of the named columns alone: the same rows give the same digest. */
export async function tableSums(
  superuser: Pool,
  tables: readonly { readonly name: string; readonly columns: readonly string[] }[],
): Promise<ReadonlyMap<string, TableSum>> {
  const sums = new Map<string, TableSum>();
  for (const { name, columns } of tables) {
    const list = columns.map((column) => `"${column}"`).join(", ");
    const { rows } = await superuser.query<TableSum>(
      `SELECT count(*)::int AS rows, coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS sum
         FROM (SELECT ${list} FROM "${name}") t`,
    );
    const [row] = rows;
    if (row !== undefined) sums.set(name, row);
  }
  return sums;
}

/** The names of tables whose rows differ. */
export function differing(
  before: ReadonlyMap<string, TableSum>,
  after: ReadonlyMap<string, TableSum>,
): readonly string[] {
  return [...before].flatMap(([name, { sum }]) => (after.get(name)?.sum === sum ? [] : [name]));
}
