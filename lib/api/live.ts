import { z } from "zod";
import type { Actor } from "#lib/domain/actor.ts";
import { recordId } from "#lib/domain/inputs/text.ts";
import { valid } from "#lib/domain/inputs/valid.ts";
import { may } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { followChanges, maySeeChange, type LiveChange } from "#lib/queries/follow-changes.ts";
import { followNotifications } from "#lib/queries/follow-notifications.ts";
import { getRevision } from "#lib/queries/get-deployment.ts";
import { recordScope } from "#lib/queries/list-events.ts";
import { countUnread } from "#lib/queries/list-notifications.ts";
import { noteListening } from "#lib/queries/note-listening.ts";
import { followPresence } from "#lib/queries/presence.ts";
import { authenticate } from "./authenticate.ts";
import { eventStream, type EventStream } from "./event-stream.ts";
import { followRecord } from "./follow-record.ts";
import { keepAuthorized } from "./keep-authorized.ts";
import { problemFor } from "./problem-for.ts";

/** Streams of one person that one process keeps open; a browser needs one for all its tabs. */
export const STREAMS_PER_PERSON = 20;

const liveQuery = z.object({
  person: recordId.optional(),
  deployment: recordId.optional(),
  after: z.coerce.number().int().min(0).max(1e9).optional(),
});

const openStreams = new Map<string, number>();

/**
 * What changes, as it is committed, as server-sent events: of all records the caller may see, or of
 * one (`deployment`) from the event seen last (`after`, or `Last-Event-ID`) on, each once and in
 * order. Ends within two seconds when the session ends or a role is lost. Rejects with `signed-out`,
 * also where the session is not that `person`'s, whose page it is; with `not-found`; and, beyond so many
 * streams of one person, with `rate-limited`.
 */
export async function openLiveStream(request: Request): Promise<Response> {
  try {
    const { actor, query } = await whoAsks(request);
    const { deployment } = query;
    const revision = deployment === undefined ? 0 : await getRevision(actor, deployment);
    const record =
      deployment === undefined
        ? null
        : { id: deployment, teamId: (await recordScope(actor, deployment)).teamId };
    await noteListening(actor, record);
    const seen = Math.min(lastEventId(request) ?? query.after ?? revision, revision);
    const leave = takePlace(actor.id);
    const stops: (() => void)[] = [leave];
    const stream = eventStream(request.signal, () => stops.forEach((stop) => stop()));
    stops.push(
      endWithRights(request, actor, stream, async (now) => noteListening(now, record)),
      passPresence(actor, deployment, stream),
      deployment === undefined ? passAll(actor, stream) : followRecord(actor, deployment, seen, stream),
      deployment === undefined ? passUnread(actor, stream) : () => undefined,
    );
    if (request.signal.aborted) stream.end("closed");
    return stream.response;
  } catch (error) {
    return problemFor(error);
  }
}

/** Whether a stream would be opened, without one: EventSource itself tells its page no status. */
export async function probeLiveStream(request: Request): Promise<Response> {
  try {
    const { actor } = await whoAsks(request);
    return new Response(null, { status: (openStreams.get(actor.id) ?? 0) < STREAMS_PER_PERSON ? 204 : 429 });
  } catch (error) {
    return problemFor(error);
  }
}

async function whoAsks(request: Request) {
  const actor = await authenticate(request);
  const query = valid(liveQuery, Object.fromEntries(new URL(request.url).searchParams));
  if (query.person !== undefined && query.person !== actor.id)
    throw new Rejection("signed-out", "Somebody else has signed in");
  return { actor, query };
}

function takePlace(personId: string): () => void {
  const count = openStreams.get(personId) ?? 0;
  if (count >= STREAMS_PER_PERSON)
    throw new Rejection("rate-limited", `No more than ${STREAMS_PER_PERSON} live streams for one person`);
  openStreams.set(personId, count + 1);
  return () => {
    const left = (openStreams.get(personId) ?? 1) - 1;
    if (left === 0) openStreams.delete(personId);
    else openStreams.set(personId, left);
  };
}

// Whoever comes back is judged anew, so that a stream never outlives the rights it was opened with, and
// tells nothing of which no line can be left.
function endWithRights(
  request: Request,
  actor: Actor,
  stream: EventStream,
  note: (now: Actor) => Promise<void>,
): () => void {
  const rights = JSON.stringify(actor.grants);
  return keepAuthorized(request, (now) => {
    if (now === null) stream.end("signed-out");
    else if (JSON.stringify(now.grants) !== rights) stream.end("roles-changed");
    else void note(now).catch(() => stream.end("fault"));
  });
}

// A person sees who is where on the records that they are on themselves.
function passPresence(actor: Actor, deployment: string | undefined, stream: EventStream): () => void {
  return followPresence(({ team, deployment: record, people, isHere }) => {
    if (actor.kind !== "person" || !may(actor, "deployment.view", team)) return;
    if (deployment === undefined ? isHere(actor.id) : record === deployment)
      stream.send("presence", { deployment: record, people });
  });
}

function passAll(actor: Actor, stream: EventStream): () => void {
  stream.send("ready", {});
  return followChanges((change) => {
    if (!maySeeChange(actor, change)) return;
    if (change.kind === "events") change.events.forEach((event) => stream.send("change", event));
    else stream.send(change.kind, {});
  });
}

// How much a person has not read, at the beginning and whenever it changes.
function passUnread(actor: Actor, stream: EventStream): () => void {
  if (actor.kind !== "person") return () => undefined;
  const tell = () =>
    void countUnread(actor).then(
      (unread) => stream.send("unread", { unread }),
      (error: unknown) => console.warn(`unread notifications could not be counted: ${String(error)}`),
    );
  tell();
  const stops = [
    followNotifications(actor.id, tell),
    followChanges((change) => {
      if (maySeeChange(actor, change) && takesBack(change)) tell();
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

// What a comment told of is told no longer once it is deleted.
function takesBack(change: LiveChange): boolean {
  return change.kind === "events" && change.events.some(({ type }) => type === "comment.deleted");
}

function lastEventId({ headers }: Request): number | undefined {
  const id = headers.get("last-event-id");
  return id !== null && /^\d{1,9}$/.test(id) ? Number(id) : undefined;
}
