import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, inject } from "vitest";
import { freePort } from "#scripts/runtime/free-port.ts";
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
const folder = mkdtempSync(join(tmpdir(), "countersign-files-"));
process.env.COUNTERSIGN_CLOCK_FILE = join(folder, "clock");
process.env.COUNTERSIGN_SIGNING_KEY = join(folder, "signing-key");
moveClock(0);
// Live checks look at servers that the tests start; GitHub's part is played by one of them too.
process.env.COUNTERSIGN_CHECK_RANGES = "127.0.0.0/8";
process.env.GITHUB_APP_ID = "7";
process.env.GITHUB_WEBHOOK_SECRET = "a webhook secret for tests";
process.env.GITHUB_API_URL = `http://127.0.0.1:${await freePort()}`;
process.env.GITHUB_APP_PRIVATE_KEY = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
}).privateKey;

afterAll(async () => {
  await closePool();
  rmSync(folder, { recursive: true });
});

/** Sets how far the clock of this test file is ahead, in milliseconds. */
export function moveClock(milliseconds: number): void {
  writeFileSync(process.env.COUNTERSIGN_CLOCK_FILE ?? "", String(milliseconds));
}

/** The connection of a role to this test file's database. */
export function urlFor(role: "owner" | "app" | "superuser"): string {
  const url = new URL(role === "superuser" ? inject("superuserUrl") : inject("templateUrls")[role]);
  url.pathname = `/${name}`;
  return url.href;
}
