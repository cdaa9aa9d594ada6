import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import type { Pool } from "pg";
import { verifyHistory } from "#lib/services/verify-history.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { ROOT } from "#scripts/runtime/paths.ts";
import { inSession, makePerson, makeTeam } from "#test/support/factories.ts";
import { hold } from "./support/counter-example.ts";
import { withDatabase } from "./support/database.ts";
import { firstSetUp, INSTALLATION_WRITES } from "./support/installation-writes.ts";
import { NO_EVENT } from "./support/no-event.ts";
import { RECORD_WRITES, type Scene } from "./support/record-writes.ts";

export const title = "No change without its event: without INSERT on events nothing changes at all";
export const sizes = { unit: "rounds of every write", ci: 1, long: 10 };

const WRITES = { ...RECORD_WRITES, ...INSTALLATION_WRITES };

/** What a refused write may leave: counts of guesses, the security log, a challenge of minutes, and what a live check saw before its verdict. */
const ASIDE = [
  "rate_limits",
  "check_runs",
  "probes",
  "security_log",
  "passkey_challenges",
  "_prisma_migrations",
];

/** Each write with INSERT on events taken away, and again with it given back. */
export async function run(size: number, _report: Report, _seed: number): Promise<Figures> {
  await refuseUnlisted();
  process.env.COUNTERSIGN_CHECK_RANGES = "127.0.0.0/8";
  const peer = createServer((_request, response) => response.writeHead(200).end());
  await new Promise<void>((resolve) => peer.listen(0, "127.0.0.1", resolve));
  try {
    return await withDatabase(async ({ superuser }) => {
      await compare(superuser, "set-up.setUp", firstSetUp);
      const address = peer.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const [team, admin] = [await makeTeam(), await makePerson("admin", null)];
      const url = `http://127.0.0.1:${port}/health`;
      for (let round = 0; round < size; round += 1) {
        // Who proved who they are has done so for minutes only.
        const scene: Scene = { team, admin: await inSession(admin), url };
        for (const [name, prepare] of Object.entries(WRITES))
          await compare(superuser, name, await prepare(scene));
      }
      const { flaws, events } = await verifyHistory();
      hold(flaws.length === 0, `the history has a flaw: ${JSON.stringify(flaws[0])}`);
      return {
        "writes that leave events": Object.keys(WRITES).length + 1,
        "exports of lib/services accounted for": Object.keys(WRITES).length + Object.keys(NO_EVENT).length,
        "refused whole without INSERT on events": size * Object.keys(WRITES).length + 1,
        "events verified": events,
        "changes without an event": 0,
      };
    });
  } finally {
    peer.close();
  }
}

async function compare(superuser: Pool, name: string, write: () => Promise<unknown>): Promise<void> {
  const before = await contents(superuser);
  await superuser.query("REVOKE INSERT ON events FROM countersign_app");
  const refusal = await write().then(
    () => null,
    (error: unknown) => String(error),
  );
  await superuser.query("GRANT INSERT ON events TO countersign_app");
  hold(refusal !== null, `${name} succeeded without an event`);
  hold(/permission denied/.test(refusal), `${name} failed for another reason: ${refusal}`);
  const after = await contents(superuser);
  const changed = [...before].filter(([table, sum]) => after.get(table) !== sum).map(([table]) => table);
  hold(changed.length === 0, `${name} was refused and changed ${changed.join(", ")}`);
  // A live check looks again after a minute; here at once.
  await superuser.query("DELETE FROM rate_limits");
  await superuser.query("DELETE FROM check_runs");
  const counted = await eventCount(superuser);
  await write();
  hold((await eventCount(superuser)) > counted, `${name} left no event`);
}

async function contents(superuser: Pool): Promise<ReadonlyMap<string, string>> {
  const { rows: tables } = await superuser.query<{ name: string }>(
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND NOT tablename = ANY($1)",
    [ASIDE],
  );
  const sums = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS sum FROM ${name} t`,
  );
  const { rows } = await superuser.query<{ name: string; sum: string }>(sums.join(" UNION ALL "));
  return new Map(rows.map(({ name, sum }) => [name, sum]));
}

async function eventCount(superuser: Pool): Promise<number> {
  const { rows } = await superuser.query<{ count: number }>("SELECT count(*)::int AS count FROM events");
  return rows[0]?.count ?? 0;
}

// The list comes from the code: a service's function without a row here fails.
async function refuseUnlisted(): Promise<void> {
  const exported: string[] = [];
  for (const file of readdirSync(join(ROOT, "lib", "services"))) {
    const module: Record<string, unknown> = await import(join(ROOT, "lib", "services", file));
    const functions = Object.keys(module).filter((name) => typeof module[name] === "function");
    exported.push(...functions.map((name) => `${file.replace(".ts", "")}.${name}`));
  }
  const listed = [...Object.keys(WRITES), ...Object.keys(NO_EVENT)];
  const without = exported.filter((name) => !listed.includes(name));
  hold(
    without.length === 0,
    `say in proof/support/no-event.ts, or beside the writes there, what these leave: ${without.join(", ")}`,
  );
  const gone = listed.filter((name) => !exported.includes(name));
  hold(gone.length === 0, `lib/services does not export these any more: ${gone.join(", ")}`);
}
