import { Client } from "pg";
import { expect, test } from "vitest";
import { openPool } from "#lib/db/pool.ts";
import { urlFor } from "#test/support/database.ts";

test("a connection that is cut while somebody holds it ends no process, and is replaced", async () => {
  const connections = openPool({ max: 1 });
  const superuser = new Client({ connectionString: urlFor("superuser") });
  await superuser.connect();
  const held = await connections.connect();
  const { rows } = await held.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const cut = new Promise((resolve) => held.once("end", resolve));
  await superuser.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
  await cut;
  // Once more, as its socket says it after its server did.
  held.emit("error", new Error("read ECONNRESET"));
  held.release(true);
  expect((await connections.query("SELECT 1")).rowCount).toBe(1);
  await connections.end();
  await superuser.end();
});
