import { setTimeout as sleep } from "node:timers/promises";
import { itemsOf } from "#lib/domain/checklist.ts";
import { pool } from "#lib/db/pool.ts";
import { settleItems } from "#lib/services/checklist-items.ts";
import { addEvidence, addFile } from "#lib/services/evidence.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { load, makeTeam, openRecord, type Team } from "#test/support/factories.ts";
import { hold } from "./support/counter-example.ts";
import { withDatabase } from "./support/database.ts";
import { randomFrom, type Random } from "./support/random.ts";

export const title =
  "What was acknowledged is durable: Postgres killed with -9 under 20 writers loses nothing";
export const sizes = { unit: "kills", ci: 20, long: 100 };

const WRITERS = 20;
const RECORDS = 10;

/** What a writer was told: the change stands, at this revision of the record or under this id. */
type Acknowledged =
  | { readonly kind: "item"; readonly id: string; readonly revision: number; readonly item: string }
  | { readonly kind: "evidence"; readonly id: string; readonly evidenceId: string };

/** Twenty writers tick, note and add files while the server is killed again and again; then all is read back. */
export async function run(size: number, _report: Report, seed: number): Promise<Figures> {
  return withDatabase(
    async ({ restart }) => {
      console.warn = () => undefined;
      const random = randomFrom(seed);
      const team = await makeTeam();
      const records: string[] = [];
      for (let index = 0; index < RECORDS; index += 1) records.push(await openRecord(team));
      const items = await plainItems(records[0] ?? "");
      const acknowledged: Acknowledged[] = [];
      const state = { running: true, failed: 0 };
      const writers = Array.from({ length: WRITERS }, async (_, index) => {
        while (state.running) {
          const id = records[index % RECORDS] ?? "";
          const written = await write(team, id, items, random).catch(() => null);
          if (written !== null) acknowledged.push(...written);
          else {
            state.failed += 1;
            await sleep(20);
          }
        }
      });
      try {
        for (let kill = 0; kill < size; kill += 1) {
          const before = acknowledged.length;
          // Under load: at least as many answers as writers since the last start.
          while (acknowledged.length < before + WRITERS) await sleep(5);
          await sleep(random.below(150));
          await restart("kill");
        }
      } finally {
        state.running = false;
        await Promise.all(writers);
      }
      await everyOneStands(acknowledged);
      const halves = await filesWithoutEvent();
      hold(halves === 0, `${halves} files or their events stand alone`);
      const { flaws, events } = await verifyHistory();
      hold(flaws.length === 0, `the history has a flaw: ${JSON.stringify(flaws[0])}`);
      return {
        kills: size,
        "acknowledged writes": acknowledged.length,
        "cut off": state.failed,
        "events verified": events,
        lost: 0,
        "half done": 0,
        seed,
      };
    },
    { durable: true },
  );
}

async function write(
  team: Team,
  id: string,
  items: readonly string[],
  random: Random,
): Promise<readonly Acknowledged[]> {
  const item = random.pick(items);
  if (random.below(10) === 0) {
    const bytes = Uint8Array.from({ length: 1 + random.below(4_000) }, () => random.below(256));
    const evidenceId = await addFile(team.engineer, { deploymentId: id, item, name: "a.bin", bytes });
    return [{ kind: "evidence", id, evidenceId }];
  }
  if (random.below(2) === 0) {
    const note = { kind: "note" as const, text: `Seen by draw ${random.below(1e9)}.` };
    const evidenceId = await addEvidence(team.engineer, { deploymentId: id, item, content: note });
    return [{ kind: "evidence", id, evidenceId }];
  }
  const to = random.below(2) === 0 ? "done" : "open";
  const { revision } = await settleItems(team.engineer, { deploymentId: id, changes: [{ item, to }] });
  return [{ kind: "item", id, revision, item }];
}

async function everyOneStands(acknowledged: readonly Acknowledged[]): Promise<void> {
  const { rows } = await pool().query<{ stream_id: string; revision: number }>(
    "SELECT stream_id, max(seq) AS revision FROM events GROUP BY 1",
  );
  const reached = new Map(rows.map(({ stream_id, revision }) => [stream_id, revision]));
  const { rows: evidence } = await pool().query<{ id: string }>(
    "SELECT (body::jsonb) #>> '{data,evidenceId}' AS id FROM events WHERE type = 'evidence.added'",
  );
  const kept = new Set(evidence.map(({ id }) => id));
  for (const write of acknowledged) {
    const stands =
      write.kind === "evidence" ? kept.has(write.evidenceId) : (reached.get(write.id) ?? 0) >= write.revision;
    hold(stands, `lost: ${JSON.stringify(write)}`);
  }
}

async function filesWithoutEvent(): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(`
    SELECT count(*)::int AS count FROM files f
      FULL JOIN (SELECT (body::jsonb) #>> '{data,evidenceId}' AS id FROM events
                  WHERE type = 'evidence.added' AND (body::jsonb) #>> '{data,content,kind}' = 'file') e
        ON e.id = f.id::text
     WHERE e.id IS NULL OR f.id IS NULL`);
  return rows[0]?.count ?? -1;
}

async function plainItems(id: string): Promise<readonly string[]> {
  const [first] = (await load(id)).checklist.phases;
  if (first === undefined) throw new Error("the checklist has no phase");
  return itemsOf(first)
    .filter(({ item }) => item.requirement === undefined)
    .map(({ item }) => item.key);
}
