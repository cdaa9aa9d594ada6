import { Client, DatabaseError } from "pg";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { inSession, makePerson, makeTeam, openRecord } from "#test/support/factories.ts";
import { hold } from "./support/counter-example.ts";
import { withDatabase } from "./support/database.ts";
import { refuseEarlyRemovals } from "./support/early-removals.ts";

export const title = "The app's own role cannot rewrite history";
export const sizes = { unit: "rounds", ci: 1, long: 100 };

/**
 * Tries every way to rewrite a history table as the app's role, and to have content removed before
 * its time; each must be refused and leave no trace.
 */
export async function run(size: number, _report: Report, _seed: number): Promise<Figures> {
  return withDatabase(async ({ urls, superuser }) => {
    const team = await makeTeam();
    await openRecord(team);
    const admin = await inSession(await makePerson("admin", null));
    const tables = await appendOnlyTables(superuser);
    hold(tables.includes("events"), "events has no trigger that keeps it append-only");
    const app = new Client({ connectionString: urls.app });
    await app.connect();
    let refused = 0;
    const contents = async (table: string) =>
      (await superuser.query(`SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS sum FROM ${table} t`))
        .rows[0]?.sum;
    try {
      for (let round = 0; round < size; round += 1) {
        refused += await refuseEarlyRemovals(app, admin, team);
        for (const table of tables) {
          const before = await contents(table);
          for (const attempt of await attemptsOn(superuser, table)) {
            await refusal(app, attempt);
            refused += 1;
          }
          await grantToItself(app, superuser, table);
          refused += 1;
          hold((await contents(table)) === before, `${table} changed although every attempt was refused`);
        }
      }
    } finally {
      await app.end();
    }
    return { "append-only tables": tables.length, "attempts refused": refused, accepted: 0 };
  });
}

type Queries = { query: (text: string, values?: unknown[]) => Promise<{ rows: Record<string, string>[] }> };

// Found in the catalog, so that a table made append-only later is held to it as well.
async function appendOnlyTables(superuser: Queries): Promise<readonly string[]> {
  const { rows } = await superuser.query(
    `SELECT DISTINCT c.relname FROM pg_trigger t
       JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
      WHERE p.proname IN ('refuse_change_of_history', 'refuse_change_of_event') ORDER BY 1`,
  );
  return rows.flatMap(({ relname }) => (relname === undefined ? [] : [relname]));
}

async function attemptsOn(superuser: Queries, table: string): Promise<readonly string[]> {
  const { rows: columns } = await superuser.query(
    "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'",
    [table],
  );
  const { rows: triggers } = await superuser.query(
    "SELECT tgname FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal",
    [table],
  );
  const { rows: constraints } = await superuser.query(
    "SELECT conname, contype FROM pg_constraint WHERE conrelid = $1::regclass",
    [table],
  );
  const first = columns[0]?.["column_name"];
  const names = columns.map(({ column_name: column }) => column).join(", ");
  const key = constraints.find(({ contype }) => contype === "p")?.["conname"];
  return [
    ...columns.map(({ column_name: column }) => `UPDATE ${table} SET ${column} = ${column}`),
    `DELETE FROM ${table}`,
    `DELETE FROM ${table} WHERE false`,
    `TRUNCATE ${table}`,
    `TRUNCATE ${table} CASCADE`,
    `TRUNCATE deployments CASCADE`,
    `DROP TABLE ${table}`,
    `DROP TABLE ${table} CASCADE`,
    `ALTER TABLE ${table} RENAME TO ${table}_old`,
    `ALTER TABLE ${table} DROP COLUMN ${first} CASCADE`,
    `ALTER TABLE ${table} ADD COLUMN extra int`,
    `ALTER TABLE ${table} OWNER TO countersign_app`,
    `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
    `ALTER TABLE ${table} DISABLE TRIGGER USER`,
    ...triggers.flatMap(({ tgname }) => [
      `ALTER TABLE ${table} DISABLE TRIGGER ${tgname}`,
      `ALTER TABLE ${table} ENABLE REPLICA TRIGGER ${tgname}`,
      `DROP TRIGGER ${tgname} ON ${table}`,
    ]),
    ...constraints.map(({ conname }) => `ALTER TABLE ${table} DROP CONSTRAINT "${conname}" CASCADE`),
    `CREATE TRIGGER mine BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history()`,
    `CREATE RULE mine AS ON INSERT TO ${table} DO INSTEAD NOTHING`,
    `CREATE FUNCTION public.mine() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
    `CREATE OR REPLACE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    `ALTER FUNCTION refuse_change_of_history() RENAME TO gone`,
    `ALTER FUNCTION refuse_change_of_history() OWNER TO countersign_app`,
    `DROP FUNCTION refuse_change_of_history() CASCADE`,
    `SET session_replication_role = replica`,
    `ALTER ROLE countersign_app SET session_replication_role = replica`,
    `ALTER ROLE countersign_app SUPERUSER`,
    `SET ROLE countersign_owner`,
    `SET ROLE postgres`,
    `SET SESSION AUTHORIZATION countersign_owner`,
    `GRANT countersign_owner TO countersign_app`,
    `MERGE INTO ${table} USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE`,
    `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${table}
       ON CONFLICT ON CONSTRAINT ${key} DO UPDATE SET ${first} = excluded.${first}`,
    `COPY ${table} FROM PROGRAM 'true'`,
    `ALTER TABLE ${table} SET UNLOGGED`,
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER SCHEMA public RENAME TO old`,
    `DROP SCHEMA public CASCADE`,
    `DROP OWNED BY countersign_owner`,
    `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`,
  ];
}

// Postgres answers this with a warning that nothing was granted, so what counts is what it may afterwards.
async function grantToItself(app: Client, superuser: Queries, table: string): Promise<void> {
  await app.query(`GRANT UPDATE, DELETE, TRUNCATE ON ${table} TO countersign_app`);
  const { rows } = await superuser.query(
    "SELECT string_agg(privilege_type, ' ' ORDER BY privilege_type) AS held FROM information_schema.role_table_grants WHERE grantee = 'countersign_app' AND table_name = $1",
    [table],
  );
  hold(rows[0]?.["held"] === "INSERT SELECT", `the app's role holds ${rows[0]?.["held"]} on ${table}`);
}

// Postgres must answer with a refusal, not with a mistake in our statement.
const REFUSALS = ["42501", "23001", "0A000", "42P01", "428C9"];

async function refusal(app: Client, attempt: string): Promise<void> {
  await app.query("BEGIN");
  let code: string | undefined;
  try {
    await app.query(attempt);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    code = error.code;
  }
  await app.query("ROLLBACK");
  hold(code !== undefined, `the app's role may: ${attempt}`);
  hold(REFUSALS.includes(code), `"${attempt}" ended with ${code}, which is no refusal`);
}
