import { Client } from "pg";
import { derivedPassword } from "../runtime/installation-secret.ts";
import { PlainFailure } from "../runtime/plain-failure.ts";

/** The role that the app connects as; the migrations grant it what it may do. */
export const APP_ROLE = "countersign_app";
const OWNER_ROLE = "countersign_owner";

export type DatabaseUrls = { readonly owner: string; readonly app: string };

/** Makes a database of the embedded Postgres with its two roles, where they are missing. */
export async function provisionEmbedded(
  superuserUrl: string,
  secret: string,
  database: string,
): Promise<DatabaseUrls> {
  const ownerPassword = derivedPassword(secret, "owner-role");
  const appPassword = derivedPassword(secret, "app-role");
  await withClient(superuserUrl, async (client) => {
    await ensureRole(client, OWNER_ROLE, ownerPassword);
    await ensureRole(client, APP_ROLE, appPassword);
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
    if (rowCount === 0)
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER ${OWNER_ROLE}`);
  });
  return {
    owner: withAccount(superuserUrl, OWNER_ROLE, ownerPassword, database),
    app: withAccount(superuserUrl, APP_ROLE, appPassword, database),
  };
}

/** Makes the app's role in a Postgres of the user's own, unless they gave a connection for it. */
export async function provisionExternal(
  ownerUrl: string,
  appUrl: string | undefined,
  secret: string,
): Promise<DatabaseUrls> {
  if (appUrl !== undefined) return { owner: ownerUrl, app: appUrl };
  const password = derivedPassword(secret, "app-role");
  await withClient(ownerUrl, async (client) => {
    try {
      await ensureRole(client, APP_ROLE, password);
    } catch (error) {
      throw new PlainFailure(
        `The role in DATABASE_URL may not make the app's role "${APP_ROLE}" (${messageOf(error)}). Grant it CREATEROLE, or make that role yourself and set DATABASE_APP_URL.`,
      );
    }
  });
  return { owner: ownerUrl, app: withAccount(ownerUrl, APP_ROLE, password) };
}

async function ensureRole(client: Client, role: string, password: string): Promise<void> {
  // Runs that start together take turns; Postgres refuses two changes of one role at once.
  await client.query("BEGIN");
  await client.query("SELECT pg_advisory_xact_lock(hashtext('countersign roles'))");
  const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
  const verb = rowCount === 0 ? "CREATE" : "ALTER";
  await client.query(`${verb} ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
  await client.query("COMMIT");
}

async function withClient(url: string, task: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new PlainFailure(
      `The database at ${withoutPassword(url)} cannot be reached: ${messageOf(error)}. Check DATABASE_URL.`,
    );
  }
  try {
    await task(client);
  } finally {
    await client.end();
  }
}

function withAccount(url: string, user: string, password: string, database?: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  if (database !== undefined) changed.pathname = `/${database}`;
  return changed.href;
}

function withoutPassword(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
