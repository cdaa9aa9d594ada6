import { statSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { itemsOf } from "#lib/domain/checklist.ts";
import { DEFAULT_SLO_TARGETS } from "#lib/domain/slo.ts";
import { settleItems } from "#lib/services/checklist-items.ts";
import { addFile } from "#lib/services/evidence.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { backup, restore } from "#scripts/admin/backup.ts";
import { migrate } from "#scripts/database/migrate.ts";
import { tablesInOrder } from "#scripts/database/tables.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { load, makeTeam, openRecord, signAll, toSignOff, type Team } from "#test/support/factories.ts";
import { hold, refute } from "./support/counter-example.ts";
import { withDatabase, type ProofDatabase } from "./support/database.ts";
import { differing, tableSums } from "./support/table-sums.ts";

export const title = "Backups restore: everything equal, the history whole, within the RTO";
export const sizes = { unit: "events", ci: 2_000, long: 100_000 };

/** Makes a history, backs it up, drops the database, restores it from the file, and compares every row. */
export async function run(size: number, report: Report, _seed: number): Promise<Figures> {
  return withDatabase(async (database) => {
    const { urls, superuser, folder, renew } = database;
    const { team, records } = await makeHistory(size, report);
    const before = await contents(database);
    const file = join(folder, "backup.jsonl.gz");
    const [, written] = await timed(() => backup(urls.owner, file));
    await renew();
    const [, restored] = await timed(async () => {
      await migrate(urls.owner);
      await restore(urls.owner, file);
    });
    const differ = differing(before, await contents(database));
    hold(differ.length === 0, `after the restore these differ: ${differ.join(", ")}`);
    const { rows: off } = await superuser.query(
      "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'",
    );
    hold(off.length === 0, "the restore left a trigger switched off");
    const { flaws, events } = await verifyHistory();
    hold(flaws.length === 0, `the restored history has a flaw: ${JSON.stringify(flaws[0])}`);
    // A restored installation goes on.
    await toggle(team, records[0] ?? "");
    const rto = DEFAULT_SLO_TARGETS.rtoMinutes * 60;
    hold(restored < rto, `the restore took ${restored} s of the RTO's ${rto} s`);
    return {
      "events equal": events,
      "tables equal": before.size,
      "MB of backup": (statSync(file).size / 1e6).toFixed(1),
      "s to back up": written.toFixed(1),
      "s to restore": `${restored.toFixed(1)} (RTO ${rto})`,
      "rows that differ": 0,
    };
  });
}

async function makeHistory(
  size: number,
  report: Report,
): Promise<{ team: Team; records: readonly string[] }> {
  const team = await makeTeam();
  const signed = await openRecord(team, { targets: ["kubernetes"] });
  await toSignOff(team, signed);
  await signAll(team, signed);
  const id = await openRecord(team);
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 31) % 256);
  await addFile(team.engineer, { deploymentId: id, item: "cdn", name: "a.bin", bytes });
  const records: string[] = [];
  for (let events = 0; events < size;) {
    const record = await openRecord(team, { service: `service ${events}` });
    for (let round = 0; round < 10 && events < size; round += 1) events += await toggle(team, record);
    records.push(record);
    report(`${events} events made`);
  }
  return { team, records };
}

/** Ticks and clears every plain item of the first phase, a few times over in one call. */
async function toggle(team: Team, deploymentId: string): Promise<number> {
  const [first] = (await load(deploymentId)).checklist.phases;
  if (first === undefined) return refute("the checklist has no phase");
  const plain = itemsOf(first).filter(({ item }) => item.requirement === undefined);
  const changes = plain
    .flatMap(({ item: { key } }) => [
      { item: key, to: "done" as const },
      { item: key, to: "open" as const },
    ])
    .slice(0, 100);
  await settleItems(team.engineer, { deploymentId, changes });
  return changes.length;
}

async function contents({ urls, superuser }: ProofDatabase) {
  const client = new Client({ connectionString: urls.owner });
  await client.connect();
  const tables = await tablesInOrder(client).finally(() => client.end());
  return tableSums(superuser, tables);
}

async function timed<T>(task: () => Promise<T>): Promise<readonly [T, number]> {
  const began = performance.now();
  const result = await task();
  return [result, (performance.now() - began) / 1_000];
}
