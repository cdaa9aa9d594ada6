import { breakGlassState } from "#lib/domain/break-glass-request.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import { fileNamedBy } from "#lib/domain/named-files.ts";
import { awaitedRoles, statusOf, summarize } from "#lib/domain/status.ts";
import { boardColumns } from "#lib/db/board-columns.ts";
import { chainFlaw, type Flaw, type StreamHead } from "#lib/db/chain-flaw.ts";
import { BrokenRow } from "#lib/db/column-groups.ts";
import { columnsFlaw, searchFlaw } from "#lib/db/columns-flaw.ts";
import { listStoredFiles } from "#lib/db/files.ts";
import { loadDeployment, type LoadedDeployment } from "#lib/db/load-deployment.ts";
import { readStream, type Stream } from "#lib/db/read-stream.ts";
import { loadRemovals, namesStone, removalFlaw, type Removal } from "#lib/db/stones.ts";
import type { Stone } from "#lib/domain/stones.ts";
import { canonicalText } from "#lib/proof/canonical-json.ts";
import { checkedReplay } from "./checked-replay.ts";
import { installationFlaw } from "./verify-installation.ts";

// A record that others keep changing is read again so often; it stands still in between.
const ATTEMPTS = 20;

export type CheckedStream = {
  readonly stream: Stream;
  readonly flaw: Flaw | null;
  /** The stone of a record whose content was removed. */
  readonly stone: Stone | null;
};

/**
 * The first flaw of one stream: each event's number, text, hash, link and columns, its entry in the log,
 * where its record says that it ends, what it tells and signs; then all that tables and files hold otherwise; for the installation its own tables; for a record whose content was removed, what its stone
 * tells instead.
 */
export async function verifyStream(id: string, removal: Removal | undefined): Promise<CheckedStream> {
  const stream = await readStream(id);
  const { head } = stream;
  if (head === null) return { stream, flaw: goneFlaw(id, stream), stone: null };
  if (removal !== undefined) return verifyRemoved(stream, head, removal);
  const broken = eventsFlaw(head, stream, null) ?? (await searchFlaw(id, stream.events));
  const checked = broken !== null ? { stream, flaw: broken } : await verifyFacts(id, stream, ATTEMPTS);
  // It may have been removed since the stones were read, and only then they are read again.
  const since =
    checked.flaw !== null && (await namesStone(id)) ? (await loadRemovals(id)).get(id) : undefined;
  return since === undefined ? { ...checked, stone: null } : verifyStream(id, since);
}

async function verifyRemoved(stream: Stream, head: StreamHead, removal: Removal): Promise<CheckedStream> {
  const { stone } = removal;
  const flaw =
    eventsFlaw(head, stream, stone.seq) ??
    (await searchFlaw(head.id, stream.events)) ??
    (await removalFlaw(removal, stream.events));
  return { stream, flaw, stone };
}

function eventsFlaw(head: StreamHead, { events, logged }: Stream, stoneSeq: number | null): Flaw | null {
  return chainFlaw(head, events, logged, stoneSeq) ?? columnsFlaw(head.id, events);
}

function goneFlaw(id: string, { events, logged }: Stream): Flaw {
  const first = Math.min(...[...events, ...logged].map(({ seq }) => seq));
  return events.length > 0
    ? { stream: id, seq: first, message: "its record is missing" }
    : {
        stream: id,
        seq: first,
        message: `its record and its whole history are gone; the log names ${logged.length} events of it`,
      };
}

type CheckedFacts = Omit<CheckedStream, "stone">;

async function verifyFacts(id: string, stream: Stream, attempts: number): Promise<CheckedFacts> {
  if (stream.head?.kind === "installation") return verifyInstallation(id, stream, attempts);
  const events = stream.events.map(({ body }) => eventFrom(body));
  const loaded = await loadTables(id);
  if (loaded instanceof BrokenRow)
    return { stream, flaw: factFlaw(id, `its tables hold no record: ${loaded.message}`) };
  if (loaded !== null && loaded.deployment.revision !== stream.head?.revision && attempts > 0) {
    return verifyAgain(id, attempts - 1);
  }
  const checked = checkedReplay(id, events);
  if ("flaw" in checked) return { stream, flaw: checked.flaw };
  const { replayed } = checked;
  const board = await boardColumns(id);
  if (board !== null && board.revision !== replayed.revision && attempts > 0)
    return verifyAgain(id, attempts - 1);
  const flaws = [
    ...tableFlaws(id, loaded, replayed),
    ...(isOnBoard(board, replayed, events.at(-1)?.at ?? "")
      ? []
      : [factFlaw(id, "its line on the board differs from what its history tells")]),
    ...(await fileFlaws(id, events)),
  ];
  return { stream, flaw: allTold(id, flaws) };
}

// None hides behind another: a flaw that is explained away may be there for that.
function allTold(id: string, flaws: readonly Flaw[]): Flaw | null {
  const [first, ...others] = flaws;
  if (first === undefined || others.length === 0) return first ?? null;
  return factFlaw(id, flaws.map(({ message }) => message).join("; "));
}

function tableFlaws(id: string, loaded: LoadedDeployment | null, replayed: Deployment): readonly Flaw[] {
  if (loaded === null) return [factFlaw(id, "its record differs from what its history tells")];
  const parts = differingParts(loaded.deployment, replayed).join(" and ");
  return [
    ...(parts === "" ? [] : [factFlaw(id, `its ${parts} differ from what its history tells`)]),
    // Whoever removed something lawfully left a stone, and then this is not asked.
    ...(loaded.stoneSeq === null
      ? []
      : [factFlaw(id, `its record names stone ${loaded.stoneSeq}, and nothing was removed`)]),
  ];
}

function isOnBoard(
  board: Awaited<ReturnType<typeof boardColumns>>,
  replayed: Deployment,
  lastEventAt: string,
): boolean {
  const told = {
    revision: replayed.revision,
    service: replayed.service.name,
    status: statusOf(replayed),
    awaitedRoles: awaitedRoles(replayed),
    breakGlass: breakGlassState(replayed.breakGlass),
    summary: summarize(replayed),
    lastEventAt,
  };
  return board !== null && canonicalText(board) === canonicalText(told);
}

async function loadTables(id: string): Promise<LoadedDeployment | BrokenRow | null> {
  try {
    return await loadDeployment(id, { fresh: true });
  } catch (error) {
    if (error instanceof BrokenRow) return error;
    throw error;
  }
}

async function verifyInstallation(id: string, stream: Stream, attempts: number): Promise<CheckedFacts> {
  const found = await installationFlaw(stream);
  if (found === "moved-on")
    return attempts > 0
      ? verifyAgain(id, attempts - 1)
      : { stream, flaw: factFlaw(id, "its record moves on") };
  return { stream, flaw: found === null ? null : factFlaw(id, found.message) };
}

async function verifyAgain(id: string, attempts: number): Promise<CheckedFacts> {
  const stream = await readStream(id);
  const broken = stream.head === null ? goneFlaw(id, stream) : eventsFlaw(stream.head, stream, null);
  return broken === null ? verifyFacts(id, stream, attempts) : { stream, flaw: broken };
}

async function fileFlaws(id: string, events: readonly DeploymentEvent[]): Promise<readonly Flaw[]> {
  const named = events.flatMap((event) => {
    const file = fileNamedBy(event);
    return file === null ? [] : [{ seq: event.seq, file }];
  });
  const stored = await listStoredFiles(id);
  for (const { seq, file } of named) {
    const found = stored.get(file.fileId);
    if (found === undefined) return [{ stream: id, seq, message: `the file “${file.name}” is missing` }];
    if (!found.isTrue || canonicalText(found.told) !== canonicalText(file))
      return [{ stream: id, seq, message: `the file “${file.name}” is not the one that was recorded` }];
  }
  const known = new Set(named.map(({ file }) => file.fileId));
  const stray = [...stored.values()].find(({ told }) => !known.has(told.fileId));
  return stray === undefined ? [] : [factFlaw(id, `no event names the file “${stray.told.name}”`)];
}

function factFlaw(stream: string, message: string): Flaw {
  return { stream, seq: null, message };
}

function differingParts(stored: Deployment, replayed: Deployment): readonly string[] {
  return Object.keys(replayed).filter((part) => partText(stored, part) !== partText(replayed, part));
}

function partText(deployment: Deployment, part: string): string {
  return canonicalText({ part: Object.entries(deployment).find(([key]) => key === part)?.[1] ?? null });
}

// The chain has been checked before, so this text is one that `chain` wrote.
function eventFrom(body: string): DeploymentEvent {
  return JSON.parse(body) as DeploymentEvent;
}
