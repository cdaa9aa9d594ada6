import { breakGlassState } from "#lib/domain/break-glass-request.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import type { StoredFile } from "#lib/domain/evidence.ts";
import { fileNamedBy } from "#lib/domain/named-files.ts";
import { awaitedRoles, statusOf, summarize } from "#lib/domain/status.ts";
import { chainFlaw, type Flaw, type StreamHead } from "#lib/db/chain-flaw.ts";
import { BrokenRow } from "#lib/db/column-groups.ts";
import { columnsFlaw, searchFlaw } from "#lib/db/columns-flaw.ts";
import { isTrueOfItsBytes } from "#lib/db/files.ts";
import type { LoadedDeployment } from "#lib/db/load-deployment.ts";
import { readStream, type Stream } from "#lib/db/read-stream.ts";
import { readSnapshot, type RecordSnapshot } from "#lib/db/record-snapshot.ts";
import { loadRemovals, namesStone, removalFlaw, type Removal } from "#lib/db/stones.ts";
import type { Stone } from "#lib/domain/stones.ts";
import { canonicalText } from "#lib/proof/canonical-json.ts";
import { checkedReplay } from "./checked-replay.ts";
import { installationFlaw } from "./verify-installation.ts";

// The installation's history that somebody keeps changing is read again so often; it stands still in between.
const ATTEMPTS = 20;

export type CheckedStream = {
  readonly stream: Stream;
  readonly flaw: Flaw | null;
  /** The stone of a record whose content was removed. */
  readonly stone: Stone | null;
};

/**
 * The first flaw of one stream: each event's number, text, hash, link and columns, its entry in the log,
 * where its record says that it ends, what it tells and signs; then all that tables and files hold
 * otherwise; for the installation its own tables; for a record whose content was removed, what its stone
 * tells instead.
 */
export async function verifyStream(id: string, removal: Removal | undefined): Promise<CheckedStream> {
  const held = await readSnapshot(id);
  const { stream } = held;
  const { head } = stream;
  if (head === null) return { stream, flaw: goneFlaw(id, stream), stone: null };
  if (removal !== undefined) return verifyRemoved(stream, head, removal);
  if (head.kind === "installation") return verifyInstallation(id, stream, ATTEMPTS);
  const flaw = (await streamFlaw(head, stream)) ?? (await recordFlaw(id, held));
  // It may have been removed since the stones were read, and only then they are read again.
  const since = flaw !== null && (await namesStone(id)) ? (await loadRemovals(id)).get(id) : undefined;
  return since === undefined ? { stream, flaw, stone: null } : verifyStream(id, since);
}

async function verifyRemoved(stream: Stream, head: StreamHead, removal: Removal): Promise<CheckedStream> {
  const { stone } = removal;
  const flaw =
    eventsFlaw(head, stream, stone.seq) ??
    (await searchFlaw(head.id, stream.events)) ??
    (await removalFlaw(removal, stream.events));
  return { stream, flaw, stone };
}

async function streamFlaw(head: StreamHead, stream: Stream): Promise<Flaw | null> {
  return eventsFlaw(head, stream, null) ?? searchFlaw(head.id, stream.events);
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

async function recordFlaw(
  id: string,
  { stream, loaded, board, files }: RecordSnapshot,
): Promise<Flaw | null> {
  const events = stream.events.map(({ body }) => eventFrom(body));
  if (loaded instanceof BrokenRow) return factFlaw(id, `its tables hold no record: ${loaded.message}`);
  const checked = checkedReplay(id, events);
  if ("flaw" in checked) return checked.flaw;
  const { replayed } = checked;
  return allTold(id, [
    ...tableFlaws(id, loaded, replayed),
    ...(isOnBoard(board, replayed, events.at(-1)?.at ?? "")
      ? []
      : [factFlaw(id, "its line on the board differs from what its history tells")]),
    ...(await fileFlaws(id, events, files)),
  ]);
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

function isOnBoard(board: RecordSnapshot["board"], replayed: Deployment, lastEventAt: string): boolean {
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

async function verifyInstallation(id: string, stream: Stream, attempts: number): Promise<CheckedStream> {
  const { head } = stream;
  const broken = head === null ? goneFlaw(id, stream) : await streamFlaw(head, stream);
  const found = broken === null ? await installationFlaw(stream) : null;
  if (found === "moved-on" && attempts > 0) return verifyInstallation(id, await readStream(id), attempts - 1);
  const message = found === "moved-on" ? "its record moves on" : found?.message;
  return { stream, flaw: broken ?? (message === undefined ? null : factFlaw(id, message)), stone: null };
}

async function fileFlaws(
  id: string,
  events: readonly DeploymentEvent[],
  stored: readonly StoredFile[],
): Promise<readonly Flaw[]> {
  const byId = new Map(stored.map((file) => [file.fileId, file]));
  // A report that was judged for several items is named by each; its bytes are read once.
  const named = new Set<string>();
  for (const event of events) {
    const file = fileNamedBy(event);
    if (file === null) continue;
    const flawed = (what: string) => [
      { stream: id, seq: event.seq, message: `the file “${file.name}” ${what}` },
    ];
    const found = byId.get(file.fileId);
    if (found === undefined) return flawed("is missing");
    const isTrue = named.has(file.fileId) || (await isTrueOfItsBytes(file.fileId));
    if (!isTrue || canonicalText(found) !== canonicalText(file))
      return flawed("is not the one that was recorded");
    named.add(file.fileId);
  }
  const stray = stored.find(({ fileId }) => !named.has(fileId));
  return stray === undefined ? [] : [factFlaw(id, `no event names the file “${stray.name}”`)];
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
