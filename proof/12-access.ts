import { randomUUID } from "node:crypto";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { may } from "#lib/domain/policy.ts";
import { prisma } from "#lib/db/prisma.ts";
import { actionIds } from "#test/support/action-client.ts";
import { allActionRows, type ActionWorld } from "#test/support/action-rows.ts";
import { makePerson, makeTeam, openRecord, type Team } from "#test/support/factories.ts";
import { asker, type Ask } from "./access/ask.ts";
import { makeCallers, type Caller } from "./access/callers.ts";
import { expected, type Outcome } from "./access/expected.ts";
import { makeTargets, type Target } from "./access/states.ts";
import { surface, type Entry } from "./access/surface.ts";
import { withApp } from "./support/app.ts";
import { hold } from "./support/counter-example.ts";
import { changedSince, everything } from "./support/everything.ts";
import { inParallel } from "./support/in-parallel.ts";

export const title =
  "Access control is complete: every page, action and endpoint answers every caller as the policy says";
/** Every role of the team and nobody are always tried; 32 is everybody else too, in every state of a record. */
export const sizes = {
  unit: "callers of each kind, and states of a record, at each way in",
  ci: 1,
  long: 32,
};

/** So many requests of so many callers reach nobody's limit, which is not what is asked about here. */
const WITHIN_LIMITS = 30;

/** One way in, one caller, one record in one state, and what the policy says of them. */
type Cell = {
  readonly entry: Entry;
  readonly caller: Caller;
  readonly target: Target;
  readonly outcome: Outcome;
};

/** Asks each cell of the matrix; refusals change nothing, and tell nobody of a team that is not theirs. */
export async function run(size: number, report: Report, _seed: number): Promise<Figures> {
  return withApp(async () => {
    const entries = await surface();
    holdAgainstBuild(entries);
    const [own, other] = [await makeTeam(), await makeTeam()];
    const canary = `canary-${randomUUID()}`;
    const targets = await makeTargets(own, canary);
    // Whoever may not see the team must not even learn that it asks for a second factor.
    await prisma().team.update({ where: { id: own.id }, data: { secondFactorRequired: true } });
    const callers = await makeCallers(own, other);
    const cells = matrix(entries, callers, targets, size, own.id);
    report(`${entries.length} ways in, ${callers.length} callers: ${cells.length} cells`);
    const ask = asker(await allActionRows(), await worldOf(own, other));

    const refused = cells.filter(({ outcome }) => outcome !== "through");
    const before = await everything();
    await checkAll(ask, refused, own, canary);
    report(`${refused.length} refused`);
    const changed = await changedSince(before);
    hold(changed.length === 0, `a refused request changed ${changed.join(", ")}`);
    const through = cells.filter(({ outcome }) => outcome === "through");
    await checkAll(ask, through, own, canary);
    return {
      "ways in": entries.length,
      callers: callers.length,
      "states of a record": targets.length,
      "cells checked": cells.length,
      refused: refused.length,
      through: through.length,
      "as the policy says": "100 %",
    };
  });
}

/** Every way in × so many callers of each kind × so many states; who and which differs from one to the next. */
function matrix(
  entries: readonly Entry[],
  callers: readonly Caller[],
  targets: readonly Target[],
  size: number,
  teamId: string,
): readonly Cell[] {
  return entries.flatMap((entry, row) => {
    const asked = Object.groupBy(
      callers.filter((caller) => isAsked(entry, caller)),
      ({ kind }) => kind,
    );
    const chosen = Object.values(asked).flatMap((ofKind = []) => turning(ofKind, size, row));
    return chosen.flatMap((caller, column) => {
      const outcome = expected(entry, countsAt(entry, caller) ? caller.actor : null, teamId);
      const states = turning(targets, isAboutRecord(entry) ? size : 1, row + column);
      return states.map((target): Cell => ({ entry, caller, target, outcome }));
    });
  });
}

/** So many of the values, all if there are no more, beginning at a place that goes round. */
function turning<T>(values: readonly T[], count: number, from: number): readonly T[] {
  const start = from % values.length;
  return [...values.slice(start), ...values.slice(0, start)].slice(0, count);
}

function isAboutRecord({ about }: Entry): boolean {
  return about === "record" || about === "service";
}

// A token counts at the REST API alone. Elsewhere the one that may do most, and the bad ones, say so.
function isAsked({ kind, name }: Entry, { by, actor, name: caller }: Caller): boolean {
  if (by === "session" || kind === "endpoint") return true;
  if (kind === "route") return name === "GET api/live";
  return actor === null || caller.startsWith("team-lead of all teams");
}

function countsAt({ kind }: Entry, { by }: Caller): boolean {
  return by === "session" || kind === "endpoint" || kind === "route";
}

/** Rejects with one wrong answer of each way in that gives any. */
async function checkAll(ask: Ask, cells: readonly Cell[], own: Team, canary: string): Promise<void> {
  const wrong = new Map<string, string>();
  for (let from = 0; from < cells.length; from += WITHIN_LIMITS) {
    await prisma().rateLimit.deleteMany();
    await inParallel(8, cells.slice(from, from + WITHIN_LIMITS), async (cell) => {
      const [flaw] = await flawsOf(ask, cell, own, canary);
      if (flaw !== undefined) wrong.set(`${cell.entry.kind} ${cell.entry.name}`, flaw);
    });
  }
  hold(wrong.size === 0, [...wrong.values()].join("\n"));
}

async function flawsOf(
  ask: Ask,
  { entry, caller, target, outcome }: Cell,
  { id }: Team,
  canary: string,
): Promise<readonly string[]> {
  const where = `${entry.kind} ${entry.name}, ${caller.name}, record ${target.state}`;
  const { outcome: got, text, byRule } = await ask(entry, caller, target);
  // A page says 'not found' of what one may not do, too.
  const due = entry.kind === "page" && outcome === "forbidden" ? "not-found" : outcome;
  const sees = caller.actor !== null && may(caller.actor, "deployment.view", id);
  return [
    ...(got === due || (due === "through" && byRule === true)
      ? []
      : [`${where}: ${got} instead of ${due}: ${text.slice(0, 200)}`]),
    ...(sees || !text.includes(canary) ? [] : [`${where}: names the team's service`]),
  ];
}

function holdAgainstBuild(entries: readonly Entry[]): void {
  const named = entries.filter(({ kind }) => kind === "action").map(({ name }) => name);
  const built = [...actionIds().keys()].toSorted();
  hold(named.toSorted().join() === built.join(), `the build's actions are ${built.join(", ")}`);
}

async function worldOf(team: Team, other: Team): Promise<ActionWorld> {
  const [fresh, foreign] = [await openRecord(team), await openRecord(other)];
  return {
    people: { ...team, admin: await makePerson("admin", null) },
    team,
    fresh,
    signing: fresh,
    foreign,
  };
}
