import { contentDigest } from "#lib/db/content-digest.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { load, makeTeam, openRecord, toSignOff } from "#test/support/factories.ts";
import { hold } from "./support/counter-example.ts";
import { withCrew } from "./support/crew.ts";
import { withDatabase } from "./support/database.ts";
import { hurryPasswords } from "./support/people.ts";
import { randomFrom } from "./support/random.ts";

export const title =
  "You sign what you saw: an edit against an approval never leaves an approval of other content";
export const sizes = { unit: "races", ci: 250, long: 1_000 };

const PROCESSES = 2;
// Records, so that a reader of one history sees hundreds of events and not thousands.
const RECORDS = 8;

/** Two processes at once: one approves the digest that was shown, the other changes the content. */
export async function run(size: number, _report: Report, seed: number): Promise<Figures> {
  return withDatabase(async (database) => {
    const random = randomFrom(seed);
    const team = await makeTeam();
    await hurryPasswords(database);
    const records: string[] = [];
    for (let index = 0; index < RECORDS; index += 1) {
      const id = await openRecord(team);
      await toSignOff(team, id);
      records.push(id);
    }
    const counts = {
      "approved first, then void": 0,
      "edited first, approval refused": 0,
      "reopened and completed again unchanged, then approved": 0,
    };
    // An approval's own length, so that the edit comes before, in and after its middle.
    let longest = 10;
    await withCrew(PROCESSES, async ({ call }) => {
      for (let race = 0; race < size; race += 1) {
        const id = records[race % RECORDS] ?? "";
        const before = await load(id);
        const digest = contentDigest(before);
        const approval = { actor: team.engineeringLead, id, role: "engineering-lead" as const, digest };
        const edit = { actor: team.lead, id, afterMs: random.below(longest) };
        const began = performance.now();
        const [approved, edited] = await Promise.all([
          call(0, "sign", approval).finally(() => (longest = 1 + 1.5 * (performance.now() - began))),
          random.below(10) === 0
            ? call(1, "reopen", edit)
            : call(1, "editVersion", { ...edit, version: `2.${race}.0` }),
        ]);
        const refusals = [approved, edited].filter((code) => code !== null);
        const after = await load(id);
        const standing = after.approvals.filter(({ voided }) => voided === null);
        for (const { digest: signed } of standing)
          hold(signed === contentDigest(after), `race ${race}: an approval of changed content stands`);
        const added = after.approvals.slice(before.approvals.length);
        hold(
          added.every((entry) => entry.digest === digest),
          `race ${race}: another digest was signed`,
        );
        hold(
          refusals.every((code) => ["content-changed", "sign-off-not-open"].includes(code)),
          `race ${race}: refused with ${refusals.join(", ")}`,
        );
        const isVoid = added.some(({ voided }) => voided !== null);
        if (isVoid) counts["approved first, then void"] += 1;
        else if (added.length === 0) counts["edited first, approval refused"] += 1;
        else counts["reopened and completed again unchanged, then approved"] += 1;
        if (standing.length > 0)
          await call(1, "editVersion", { ...edit, afterMs: 0, version: `3.${race}.0` });
      }
    });
    hold(
      counts["approved first, then void"] > 0 && counts["edited first, approval refused"] > 0,
      "the races always went the same way",
    );
    const { flaws } = await verifyHistory();
    hold(flaws.length === 0, `the history has a flaw: ${JSON.stringify(flaws[0])}`);
    return { races: size, ...counts, "approvals of changed content standing": 0, seed };
  });
}
