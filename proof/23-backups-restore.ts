import { renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { itemsOf } from "#lib/domain/checklist.ts";
import { DEFAULT_SLO_TARGETS } from "#lib/domain/slo.ts";
import { settleItems } from "#lib/services/checklist-items.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { HistoryLost } from "#lib/services/signed-log.ts";
import { finishSignIn, signIn } from "#lib/services/sign-in.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { backup, restore } from "#scripts/admin/backup.ts";
import { migrate } from "#scripts/database/migrate.ts";
import { tablesInOrder } from "#scripts/database/tables.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { lastSigned } from "#lib/last-signed.ts";
import { emailOf, load, makeTeam, openRecord, PASSWORD, type Team } from "#test/support/factories.ts";
import { hold, refute } from "./support/counter-example.ts";
import { withDatabase, type ProofDatabase } from "./support/database.ts";
import { codeAt, fillEveryTable, type WithCodes } from "./support/every-table.ts";
import { differing, tableSums } from "./support/table-sums.ts";

export const title = "Backups restore: everything equal, the history whole, within the RTO";
export const sizes = { unit: "events", ci: 2_000, long: 100_000 };

/**
 * Makes a history with rows in every table, backs it up, drops the database, restores it from the file,
 * compares every row, signs people in and goes on; then restores the same, by now older, backup again.
 */
export async function run(size: number, report: Report, _seed: number): Promise<Figures> {
  process.env.COUNTERSIGN_CHECK_RANGES = "127.0.0.0/8";
  return withDatabase(async (database) => {
    const { urls, superuser, folder, renew } = database;
    const team = await makeTeam();
    const withCodes = await fillEveryTable(team, superuser);
    const record = await makeHistory(team, size, report);
    await sealHistory();
    const before = await contents(database);
    const file = join(folder, "backup.jsonl.gz");
    const [, written] = await timed(() => backup(urls.owner, file));
    const restoreIt = async () => {
      await renew();
      return timed(async () => {
        await migrate(urls.owner);
        await restore(urls.owner, file);
      });
    };
    const [, restored] = await restoreIt();
    const differ = differing(before, await contents(database));
    hold(differ.length === 0, `after the restore these differ: ${differ.join(", ")}`);
    const { rows: off } = await superuser.query(
      "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'",
    );
    hold(off.length === 0, "the restore left a trigger switched off");
    const events = await refuseFlaws();
    await signEverybodyIn(team, withCodes);
    await toggle(team, record);
    await sealHistory();
    await restoreIt();
    await goOnAfterOlderBackup(database);
    const rto = DEFAULT_SLO_TARGETS.rtoMinutes * 60;
    hold(restored < rto, `the restore took ${restored} s of the RTO's ${rto} s`);
    return {
      "events equal": events,
      "tables with rows, all equal": before.size,
      "MB of backup": (statSync(file).size / 1e6).toFixed(1),
      "s to back up": written.toFixed(1),
      "s to restore": `${restored.toFixed(1)} (RTO ${rto})`,
      "rows that differ": 0,
    };
  });
}

/** So many events of ticks; answers with the last record. */
async function makeHistory(team: Team, size: number, report: Report): Promise<string> {
  let record = await openRecord(team);
  for (let events = 0; events < size;) {
    record = await openRecord(team, { service: `service ${events}` });
    for (let round = 0; round < 10 && events < size; round += 1) events += await toggle(team, record);
    report(`${events} events made`);
  }
  return record;
}

async function refuseFlaws(): Promise<number> {
  const { flaws, events } = await verifyHistory();
  hold(flaws.length === 0, `the restored history has a flaw: ${JSON.stringify(flaws[0])}`);
  return events;
}

/** A password alone, and a password with a one-time code, whose secret lies sealed in the backup. */
async function signEverybodyIn(team: Team, { email, secret }: WithCodes): Promise<void> {
  const byPassword = await signIn(await emailOf(team.engineer), PASSWORD, "127.0.0.1");
  hold(byPassword?.state === "signed-in", "nobody signs in with a restored password");
  const first = await signIn(email, PASSWORD, "127.0.0.1");
  hold(first?.state === "second-factor", "a restored account lost its second factor");
  const code = codeAt(secret, Date.now());
  const second = await finishSignIn(
    first.token,
    { kind: "totp", code },
    { address: "127.0.0.1", agent: null },
  );
  hold(second.state === "signed-in", "a restored second factor does not hold");
}

/**
 * What was signed after the backup is lost: the app signs nothing until somebody, as docs/backup.md
 * says, puts the last signed checkpoint aside; and that checkpoint goes on telling of the loss.
 */
async function goOnAfterOlderBackup({ signingKey }: ProofDatabase): Promise<void> {
  const lost = lastSigned();
  hold(lost !== null, "nothing was signed");
  const refused = await sealHistory().catch((error: unknown) => error);
  hold(refused instanceof HistoryLost, "the app signs a history that lost events it had signed");
  renameSync(`${signingKey}.last-signed`, `${signingKey}.lost`);
  hold((await sealHistory()) !== null, "the app does not sign again");
  await refuseFlaws();
  const { flaws } = await verifyHistory({ checkpoints: [lost.note] });
  hold(flaws.length > 0, "the checkpoint that was put aside does not tell of the loss");
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
