import { randomUUID } from "node:crypto";
import { createReadStream, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { prisma } from "#lib/db/prisma.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { loadDump, type BackupHead } from "#scripts/database/load-dump.ts";
import { migrate, migrationNames } from "#scripts/database/migrate.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { bundleOf, verdictOn } from "#test/support/verdicts.ts";
import { hold } from "./support/counter-example.ts";
import { withDatabase } from "./support/database.ts";
import { differing, tableSums } from "./support/table-sums.ts";

export const title = "Upgrades keep history: from every released schema, with data, not a row changes";
export const sizes = { unit: "upgrades from each", ci: 1, long: 3 };

const FIXTURES = join(import.meta.dirname, "fixtures");

/** What the board sorts by, derived from the record; a later version derives it anew. All else stays. */
const REPLACED = ["deployments.awaited_role"];

/** Loads the data of an older version into its own schema, migrates to the newest, and compares. */
export async function run(size: number, report: Report, _seed: number): Promise<Figures> {
  return withDatabase(
    async ({ urls, superuser, renew }) => {
      let [rows, events, upgrades, bundles] = [0, 0, 0, 0];
      const fixtures = readdirSync(FIXTURES);
      for (let round = 0; round < size; round += 1) {
        for (const fixture of fixtures) {
          await renew();
          let tables: BackupHead["tables"] = [];
          const lines = createReadStream(join(FIXTURES, fixture)).pipe(createGunzip());
          const loaded = await loadDump(urls.owner, lines, async (head) => {
            tables = head.tables;
            await migrate(urls.owner, head.migrations.at(-1));
          });
          tables = tables.map(({ name, columns, order }) => ({
            name,
            columns: columns.filter((column) => !REPLACED.includes(`${name}.${column}`)),
            order,
          }));
          const before = await tableSums(superuser, tables);
          const applied = await migrate(urls.owner);
          const newest = migrationNames().at(-1) ?? "";
          hold(applied.includes(newest), `${fixture}: ${newest} was not applied`);
          const differ = differing(before, await tableSums(superuser, tables));
          hold(differ.length === 0, `${fixture}: the upgrade changed rows of ${differ.join(", ")}`);
          const { flaws, events: verified } = await verifyHistory();
          hold(flaws.length === 0, `${fixture}: the history has a flaw: ${JSON.stringify(flaws[0])}`);
          bundles += await bundleAll(fixture);
          report(`${fixture}: ${applied.length} migrations over ${loaded.rows} rows`);
          rows += loaded.rows;
          events += verified;
          upgrades += 1;
        }
      }
      return {
        versions: fixtures.length,
        upgrades,
        rows,
        "events verified": events,
        "bundles whole": bundles,
        "rows changed": 0,
      };
    },
    { migrated: false },
  );
}

/** Takes every record out as an auditor does; each has to be whole, however old its signatures are. */
async function bundleAll(fixture: string): Promise<number> {
  const auditor = {
    kind: "person" as const,
    id: randomUUID(),
    name: "An auditor",
    grants: [{ role: "auditor" as const, teamId: null }],
  };
  const records = await prisma().deployment.findMany({ select: { id: true } });
  for (const { id } of records) {
    const verdict = verdictOn(await bundleOf(auditor, id));
    hold(verdict.verdict === "whole", `${fixture}: the bundle of ${id} is ${JSON.stringify(verdict)}`);
  }
  // The next fixture is the database of another installation.
  rmSync(`${process.env.COUNTERSIGN_SIGNING_KEY}.last-signed`, { force: true });
  return records.length;
}
