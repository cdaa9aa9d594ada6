import { grantApproval, rejectApproval, answerRejection } from "#lib/domain/approvals.ts";
import { decideChange, type Decide } from "#lib/domain/change.ts";
import { addEvidence, checkItem, clearItem, waiveItem } from "#lib/domain/checklist-items.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { changeDetails } from "#lib/domain/details.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import { evolve, open } from "#lib/domain/evolve.ts";
import { completePhase, reopenPhase, startPhase } from "#lib/domain/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { hold, refute } from "./counter-example.ts";
import { compareWithModel } from "./carry-out.ts";
import { rolesOf, type Player } from "./headway.ts";
import { Model, type Ask } from "./model.ts";

export type Span = { readonly start: number; readonly end: number };

/** What a client asked and was told; times on one clock, in microseconds. */
export type Logged = Span & {
  readonly player: string;
  readonly ask: Ask;
  /** Null when granted. */
  readonly code: string | null;
  readonly revision: number | null;
};
export type Looked = Span & { readonly revision: number; readonly digest: string };

/** The digest of everything in a record, whatever the order of its keys. */
export function digestOf(deployment: Deployment): string {
  return sha256(canonicalText(deployment));
}

/**
 * Takes a record's history for the one order in which everything happened, and asks: is each step
 * one that the rules grant, by the code and by the model written apart; is each acknowledged request
 * in it exactly once, between its start and its end; is no refused one in it; is each look one of its
 * prefixes, neither older than what was known nor newer than what could be.
 */
export function checkOrder(
  id: string,
  events: readonly DeploymentEvent[],
  players: ReadonlyMap<string, Player>,
  log: readonly Logged[],
  looks: readonly Looked[],
): void {
  const prefixes = replayStep(id, events, players);
  const placed = placeRequests(events, log);
  const reads = [
    ...looks.map((look) => ({ ...look, place: look.revision })),
    ...log.flatMap((entry) =>
      entry.revision === null || placed.has(entry) ? [] : [{ ...entry, place: entry.revision }],
    ),
  ];
  for (const { place, digest } of looks.map((look) => ({ ...look, place: look.revision })))
    hold(prefixes[place] === digest, `a look at ${id} shows no prefix: revision ${place}`);
  inRealTime(id, [...[...placed].map(([entry, place]) => ({ ...entry, place })), ...reads]);
}

/** Each step decided again, twice; answers with the digest of each prefix, by its revision. */
function replayStep(
  id: string,
  events: readonly DeploymentEvent[],
  players: ReadonlyMap<string, Player>,
): readonly string[] {
  const [first] = events;
  if (first?.type !== "deployment.opened") return refute(`${id} does not begin with its opening`);
  let state = open(id, first);
  const model = new Model();
  const prefixes = ["", digestOf(state)];
  for (let index = 1; index < events.length;) {
    const event = events[index];
    if (event === undefined) break;
    const where = `event ${event.seq} of ${id}, ${event.type}`;
    hold(event.seq === index + 1, `${where}: a gap or a fork`);
    const player = players.get(event.actor.id);
    if (player === undefined) return refute(`${where}: by nobody of ours`);
    const [decide, ask] = causeOf(event, state, player);
    const change = decideChange(state, [decide], player, event.at, []);
    // Over HTTP the history names the token too.
    const decided = change.events.map((one) => ({ ...one, actor: event.actor }));
    const recorded = events.slice(index, index + decided.length);
    hold(recorded.length > 0, `${where}: the rules would have changed nothing`);
    hold(
      canonicalText([...recorded]) === canonicalText(decided),
      `${where}: the rules would have recorded ${JSON.stringify(decided)}`,
    );
    const who = { id: player.id, roles: rolesOf(player), involved: player.involved };
    hold(model.ask(who, ask), `${where}: the model would have refused ${JSON.stringify(ask)}`);
    for (const one of recorded) {
      state = evolve(state, one);
      prefixes.push(digestOf(state));
    }
    compareWithModel(state, model, where);
    index += recorded.length;
  }
  return prefixes;
}

/** The rule and the request behind the first event of a change. */
function causeOf(event: DeploymentEvent, state: Deployment, player: Player): readonly [Decide, Ask] {
  switch (event.type) {
    case "item.checked":
      return [checkItem(event.data.item), { do: "tick", item: event.data.item }];
    case "item.unchecked":
    case "item.waiver-withdrawn":
      return [clearItem(event.data.item), { do: "clear", item: event.data.item }];
    case "item.waived": {
      const { item, reason } = event.data;
      return [waiveItem(item, reason, true), { do: "waive", item, reason }];
    }
    case "evidence.added": {
      const { item, evidenceId, content } = event.data;
      return [addEvidence(item, evidenceId, content), { do: "note", item, text: "" }];
    }
    case "phase.completed":
      return [completePhase(event.data.phase), { do: "complete", phase: event.data.phase }];
    case "phase.started":
      return [startPhase(event.data.phase), { do: "start", phase: event.data.phase }];
    case "phase.reopened": {
      const { phase, reason } = event.data;
      return [reopenPhase(phase, reason), { do: "reopen", phase, reason }];
    }
    case "approval.granted": {
      const { role, digest, proof, comment } = event.data;
      const signature = { role, digest, proof, contentDigest: contentDigest(state) };
      return [grantApproval(player, signature, comment), { do: "approve", role, text: "" }];
    }
    case "approval.rejected": {
      const { role, digest, proof, reason } = event.data;
      const signature = { role, digest, proof, contentDigest: contentDigest(state) };
      return [rejectApproval(player, signature, reason), { do: "reject", role, text: "" }];
    }
    case "rejection.answered":
      return [answerRejection(event.data.answer, event.data.round), { do: "answer", text: "" }];
    case "rollback.triggered":
      return [triggerRollback(event.data.reason), { do: "roll-back", text: "" }];
    case "deployment.cancelled":
      return [cancelDeployment(event.data.reason), { do: "cancel", text: "" }];
    case "deployment.details-changed":
      return [changeDetails(event.data.to), { do: "edit", version: event.data.to.version ?? "" }];
    default:
      return refute(`event ${event.seq} cannot stand at the beginning of a change: ${event.type}`);
  }
}

/** Requests whose words are in the history, with the number of their event; each once, none refused. */
function placeRequests(
  events: readonly DeploymentEvent[],
  log: readonly Logged[],
): ReadonlyMap<Logged, number> {
  const byMark = new Map<string, number>();
  for (const event of events) {
    const mark = markIn(event);
    if (mark === null) continue;
    hold(!byMark.has(mark), `“${mark}” took effect twice`);
    byMark.set(mark, event.seq);
  }
  const placed = new Map<Logged, number>();
  for (const entry of log) {
    const mark = markOf(entry.ask);
    if (mark === null) continue;
    const seq = byMark.get(mark);
    if (entry.code !== null)
      hold(seq === undefined, `“${mark}” was refused with ${entry.code} and took effect`);
    else if (seq !== undefined) placed.set(entry, seq);
    else hold(changesNothingTwice(entry.ask), `lost: “${mark}” was acknowledged and is not in the history`);
  }
  return placed;
}

// A second rollback or cancellation is granted and changes nothing; so is a version that stands.
function changesNothingTwice(ask: Ask): boolean {
  return ask.do === "roll-back" || ask.do === "cancel";
}

function markOf(ask: Ask): string | null {
  if ("text" in ask) return ask.text;
  if (ask.do === "edit") return ask.version;
  return ask.do === "reopen" ? ask.reason : null;
}

function markIn(event: DeploymentEvent): string | null {
  switch (event.type) {
    case "evidence.added":
      return event.data.content.kind === "note" ? event.data.content.text : null;
    case "approval.granted":
      return event.data.comment;
    case "approval.rejected":
    case "phase.reopened":
    case "rollback.triggered":
    case "deployment.cancelled":
      return event.data.reason;
    case "rejection.answered":
      return event.data.answer;
    case "deployment.details-changed":
      return event.data.to.version ?? null;
    default:
      return null;
  }
}

/** Whatever had ended before something else began stands before it in the order, too. */
function inRealTime(id: string, entries: readonly (Span & { readonly place: number })[]): void {
  let latestStart = { start: -Infinity, place: 0 };
  for (const entry of entries.toSorted((a, b) => a.place - b.place)) {
    hold(
      entry.place === latestStart.place || entry.end >= latestStart.start,
      `${id}: what stands at ${entry.place} had ended before what stands at ${latestStart.place} began`,
    );
    if (entry.start > latestStart.start) latestStart = entry;
  }
}
