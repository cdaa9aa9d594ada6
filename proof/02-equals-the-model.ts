import fc from "fast-check";
import { APPROVER_ROLES } from "#lib/domain/roles.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { load, makePerson, makeTeam, refusalOf } from "#test/support/factories.ts";
import { carryOut, compareWithModel } from "./support/carry-out.ts";
import { hold } from "./support/counter-example.ts";
import { withDatabase } from "./support/database.ts";
import { thawRecord } from "./support/freeze-record.ts";
import { headway, rolesOf, type Player } from "./support/headway.ts";
import { Model, type Ask } from "./support/model.ts";
import { hurryPasswords, playersOf } from "./support/people.ts";
import { ITEMS, openSmall, PHASES } from "./support/small-record.ts";

export const title = "The code equals the written model, command for command, on a real database";
export const sizes = { unit: "runs of up to 50 commands", ci: 200, long: 5_000 };

type Real = { readonly id: string; readonly counts: Counts };
type Counts = { granted: number; refused: number; reached: Set<string> };

/** Random commands, most of them wrong, against a model written apart; a failing run is shrunk. */
export async function run(size: number, _report: Report, seed: number): Promise<Figures> {
  return withDatabase(async (database) => {
    const team = await makeTeam();
    const cast = await playersOf(team);
    const anotherLead = await makePerson("team-lead", team.id);
    await hurryPasswords(database);
    const counts: Counts = { granted: 0, refused: 0, reached: new Set() };
    const commands = fc.commands(
      [
        ...asks().map((ask) =>
          fc.tuple(fc.constantFrom(...cast), ask).map(([person, one]) => new Command(cast, person, one)),
        ),
        ...often(40, fc.constant(new Command(cast, null, null))),
      ],
      { maxCommands: 50, size: "max" },
    );
    await fc.assert(
      fc.asyncProperty(commands, async (list) => {
        const id = await openSmall(team);
        const model = new Model();
        await fc.asyncModelRun(() => ({ model, real: { id, counts } }), list);
        // A team has so many freezes ahead and no more.
        if (model.freezes.length > 0) await thawRecord(anotherLead, id);
        counts.reached.add(model.ended ?? (model.rollingBack ? "rolling back" : `phase ${model.completed}`));
      }),
      { numRuns: size, seed, endOnFailure: false },
    );
    for (const end of ["completed", "rolled-back", "cancelled"])
      hold(size < 200 || counts.reached.has(end), `no run ended ${end}; this shows too little`);
    const { flaws, events } = await verifyHistory();
    hold(flaws.length === 0, `the history has a flaw: ${JSON.stringify(flaws[0])}`);
    return {
      runs: size,
      commands: counts.granted + counts.refused,
      granted: counts.granted,
      refused: counts.refused,
      "events verified": events,
      "counter-examples": 0,
      seed,
    };
  });
}

/** What somebody asks; without an own request, the next one that makes headway, by whoever may. */
class Command implements fc.AsyncCommand<Model, Real> {
  readonly cast: readonly Player[];
  readonly given: { readonly person: Player; readonly ask: Ask } | null;
  constructor(cast: readonly Player[], person: Player | null, ask: Ask | null) {
    this.cast = cast;
    this.given = person === null || ask === null ? null : { person, ask };
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, { id, counts }: Real): Promise<void> {
    const { person, ask } = this.given ?? headway(model, this.cast);
    const where = `${rolesOf(person).join("+")}: ${JSON.stringify(ask)}`;
    const expected = model.ask({ id: person.id, roles: rolesOf(person), involved: person.involved }, ask);
    const code = await refusalOf(carryOut(person, id, ask));
    hold(
      (code === null) === expected,
      `${where}: ${code ?? "granted"}; the model says ${expected ? "granted" : "refused"}`,
    );
    compareWithModel(await load(id), model, where);
    counts[expected ? "granted" : "refused"] += 1;
  }

  toString(): string {
    return this.given === null
      ? "headway"
      : `${rolesOf(this.given.person).join("+")}: ${JSON.stringify(this.given.ask)}`;
  }
}

// What makes headway comes more often, so that whole lives are seen.
function asks(): fc.Arbitrary<Ask>[] {
  const item = fc.constantFrom(...ITEMS);
  const phase = fc.constantFrom(...PHASES);
  const role = fc.constantFrom(...APPROVER_ROLES);
  return [
    ...often(
      8,
      item.map((key): Ask => ({ do: "tick", item: key })),
    ),
    item.map((key): Ask => ({ do: "clear", item: key })),
    fc
      .tuple(item, fc.constantFrom(null, "no need", "not here"))
      .map(([key, reason]): Ask => ({ do: "waive", item: key, reason })),
    item.map((key): Ask => ({ do: "note", item: key, text: "Seen." })),
    ...often(
      6,
      phase.map((key): Ask => ({ do: "complete", phase: key })),
    ),
    ...often(
      2,
      phase.map((key): Ask => ({ do: "start", phase: key })),
    ),
    phase.map((key): Ask => ({ do: "reopen", phase: key, reason: "Again." })),
    ...often(
      12,
      role.map((as): Ask => ({ do: "approve", role: as, text: "Ready." })),
    ),
    role.map((as): Ask => ({ do: "reject", role: as, text: "No." })),
    ...often(2, fc.constant<Ask>({ do: "answer", text: "Mended." })),
    fc.constant<Ask>({ do: "freeze", text: "Holidays." }),
    fc.constant<Ask>({ do: "thaw", text: "" }),
    fc.constant<Ask>({ do: "lift", text: "A fix." }),
    fc.constant<Ask>({ do: "roll-back", text: "502s." }),
    fc.constant<Ask>({ do: "cancel", text: "Not needed." }),
    fc.integer({ min: 0, max: 3 }).map((n): Ask => ({ do: "edit", version: `1.0.${n}` })),
  ];
}

function often<T>(times: number, one: T): T[] {
  return Array.from({ length: times }, () => one);
}
