import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, inject } from "vitest";
import { closePool } from "#lib/db/pool.ts";

// A database of this test file's own, before anything of the app reads its configuration.
const name = `test_${randomUUID().replaceAll("-", "")}`;
const client = new Client({ connectionString: inject("superuserUrl") });
await client.connect();
await client.query(`CREATE DATABASE ${name} TEMPLATE template_countersign OWNER countersign_owner`);
await client.end();

process.env.APP_DATABASE_URL = urlFor("app");
process.env.COUNTERSIGN_SECRET = inject("secret");
process.env.COUNTERSIGN_ORIGIN = "http://localhost:3000";

afterAll(closePool);

/** The connection of a role to this test file's database. */
export function urlFor(role: "owner" | "app" | "superuser"): string {
  const url = new URL(role === "superuser" ? inject("superuserUrl") : inject("templateUrls")[role]);
  url.pathname = `/${name}`;
  return url.href;
}
