import type { Pool } from "pg";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { makeTeam, refusalOf, type Team } from "#test/support/factories.ts";
import { hold } from "./support/counter-example.ts";
import { withDatabase } from "./support/database.ts";
import { randomFrom, type Random } from "./support/random.ts";
import { SavedTables } from "./support/saved-tables.ts";
import { openSmall } from "./support/small-record.ts";
import { TAMPERINGS, type Named, type Spot } from "./support/tampering.ts";

export const title = "Tampering behind the app's back is found, and the first bad event named";
/** Each event with every way to tamper; ten times as many clean records must raise no alarm. */
export const sizes = { unit: "events, each tampered with in every way", ci: 5, long: 1_000 };

const RECORDS = 6;
const ROUNDS = 3;
const CLEAN_FOR_EACH = 10;
const NOW = "now_kept";
/** What the ticks of the records touch. */
const TABLES = [
  "events",
  "log_leaves",
  "log_checkpoints",
  "deployments",
  "installations",
  "phases",
  "checklist_items",
];

/** Tampers as the database's owner, verifies everything, brings the history back, and so on. */
export async function run(size: number, report: Report, seed: number): Promise<Figures> {
  return withDatabase(async ({ superuser }) => {
    const random = randomFrom(seed);
    const { tables, backups } = await makeHistory(superuser, random);
    try {
      const found = await tamperAll(tables, backups, size, random, report);
      const clean = await verifyClean(size * CLEAN_FOR_EACH, random);
      return {
        events: size,
        "ways to tamper": Object.keys(TAMPERINGS).length + 1,
        "histories tampered with": found,
        "found, first bad event named": found,
        "clean chains": clean.streams,
        "clean events": clean.events,
        "false alarms": 0,
        seed,
      };
    } finally {
      tables.release();
    }
  });
}

/** Records of random progress under many checkpoints; none of them may be called tampered with. */
async function verifyClean(count: number, random: Random) {
  const team = await makeTeam();
  for (let made = 0; made < count; made += 1) {
    await progress(team, await openSmall(team), random);
    if (random.below(10) === 0) await sealHistory();
  }
  await sealHistory();
  const verification = await verifyHistory();
  const [flaw] = verification.flaws;
  hold(flaw === undefined, `a clean history is called tampered with: ${JSON.stringify(flaw)}`);
  return verification;
}

// A few records that go on side by side, with backups taken on the way.
async function makeHistory(superuser: Pool, random: Random) {
  const team = await makeTeam();
  const ids = await Promise.all(Array.from({ length: RECORDS }, async () => openSmall(team)));
  await sealHistory();
  const tables = await SavedTables.of(superuser, TABLES);
  const backups: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const id of ids) {
      await progress(team, id, random);
      await sealHistory();
    }
    backups.push(`backup_${round}`);
    await tables.save(`backup_${round}`);
  }
  for (const id of ids) await progress(team, id, random);
  await sealHistory();
  await tables.save(NOW);
  await tables.disarm();
  return { tables, backups };
}

async function progress(team: Team, id: string, random: Random): Promise<void> {
  for (let steps = 1 + random.below(4); steps > 0; steps -= 1) {
    const to = random.pick(["done", "open"] as const);
    await refusalOf(settleItem(team.engineer, id, { item: random.pick(["a1", "a2"]), to }));
  }
}

async function tamperAll(
  tables: SavedTables,
  backups: readonly string[],
  size: number,
  random: Random,
  report: Report,
): Promise<number> {
  const spots = await tables.query<Spot>(SPOTS);
  let found = 0;
  for (let round = 0; round < size; round += 1) {
    const spot = random.pick(spots);
    for (const [what, tamper] of Object.entries(TAMPERINGS)) {
      await holdNamed(what, spot, await tamper(tables, spot, random));
      await tables.bringBack(NOW);
      found += 1;
    }
    await tables.bringBack(random.pick(backups));
    await holdNamed("restores an old backup", spot, { stream: null, seq: null });
    await tables.bringBack(NOW);
    found += 1;
    if (round % 100 === 99) report(`${found} found`);
  }
  const { flaws } = await verifyHistory();
  hold(flaws.length === 0, `the history is not as before: ${JSON.stringify(flaws[0])}`);
  return found;
}

async function holdNamed(what: string, spot: Spot, { stream, seq }: Named): Promise<void> {
  const { flaws } = await verifyHistory();
  hold(
    flaws.some((flaw) => flaw.stream === stream && flaw.seq === seq),
    `somebody who ${what} at ${JSON.stringify(spot)} has to be told of at ${stream ?? "the log"} ${seq ?? ""}: ${JSON.stringify(flaws)}`,
  );
}

const SPOTS = `
SELECT l.stream_id AS stream, l.seq, l.leaf_index::int AS index
  FROM log_leaves l JOIN deployments d ON d.id = l.stream_id ORDER BY l.leaf_index`;
