import type { Pool, PoolClient } from "pg";

type Columns = ReadonlyMap<string, string>;

/** States of some tables, kept beside it and brought back by hand, as whoever owns the server can. */
export class SavedTables {
  readonly #client: PoolClient;
  readonly #columns: Columns;

  private constructor(client: PoolClient, columns: Columns) {
    this.#client = client;
    this.#columns = columns;
  }

  /** On a connection for which foreign keys are switched off. */
  static async of(superuser: Pool, names: readonly string[]): Promise<SavedTables> {
    const client = await superuser.connect();
    await client.query("SET session_replication_role = replica");
    const { rows } = await client.query<{ name: string; columns: string }>(COLUMNS, [names]);
    return new SavedTables(client, new Map(rows.map(({ name, columns }) => [name, columns])));
  }

  async save(state: string): Promise<void> {
    await this.#client.query(
      [
        `CREATE SCHEMA ${state}`,
        ...this.#each((table) => `CREATE TABLE ${state}.${table} AS TABLE public.${table}`),
      ].join(";"),
    );
  }

  async bringBack(state: string): Promise<void> {
    await this.#client.query(
      this.#each(
        (table, columns) =>
          `DELETE FROM public.${table}; INSERT INTO public.${table} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${state}.${table}`,
      ).join(";"),
    );
  }

  /** Takes what the database itself would refuse by out of the way, for good: triggers, and an event's checks. */
  async disarm(): Promise<void> {
    await this.#client.query(
      this.#each((table) => `ALTER TABLE public.${table} DISABLE TRIGGER USER`).join(";"),
    );
    const checks = await this.query<{ name: string }>(
      "SELECT quote_ident(conname) AS name FROM pg_constraint WHERE conrelid = 'events'::regclass AND contype = 'c'",
    );
    for (const { name } of checks) await this.#client.query(`ALTER TABLE events DROP CONSTRAINT ${name}`);
  }

  async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.#client.query<Row>(sql, [...values])).rows;
  }

  release(): void {
    this.#client.release(true);
  }

  #each(sql: (table: string, columns: string) => string): readonly string[] {
    return [...this.#columns].map(([table, columns]) => sql(table, columns));
  }
}

const COLUMNS = `
SELECT quote_ident(table_name) AS name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
  FROM information_schema.columns
 WHERE table_schema = 'public' AND is_generated = 'NEVER' AND table_name = ANY ($1)
 GROUP BY 1`;
