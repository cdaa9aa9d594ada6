import type { Actor } from "#lib/domain/actor.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { eventsAfter } from "#lib/queries/events-after.ts";
import { followChanges } from "#lib/queries/follow-changes.ts";
import { getRevision } from "#lib/queries/get-deployment.ts";
import type { LiveEvent } from "#lib/queries/live-event.ts";
import type { EventStream } from "./event-stream.ts";

/**
 * Passes on a record's events after `from`, each once and in order: an event goes out only when the
 * one before it has, and whatever is missing is read from the history.
 */
export function followRecord(
  actor: Actor,
  deployment: string,
  from: number,
  stream: EventStream,
): () => void {
  let seen = from;
  let reading = false;
  let again = false;

  const pass = (event: LiveEvent) => {
    if (event.seq !== seen + 1) return;
    seen = event.seq;
    stream.send("change", event, seen);
  };
  const catchUp = async () => {
    again = true;
    if (reading) return;
    reading = true;
    while (again) {
      again = false;
      await readMissed();
    }
    reading = false;
  };
  const readMissed = async () => {
    try {
      const missed = await eventsAfter(actor, deployment, seen);
      if (missed !== null) return missed.forEach(pass);
      seen = await getRevision(actor, deployment);
      stream.send("gap", { deployment, revision: seen }, seen);
    } catch (error) {
      stream.end(error instanceof Rejection ? error.code : "fault");
    }
  };

  const stop = followChanges((change) => {
    if (change.kind === "gap") void catchUp();
    if (change.kind !== "events") return;
    for (const event of change.events) {
      if (event.deployment !== deployment || event.seq <= seen) continue;
      if (reading || event.seq > seen + 1) return void catchUp();
      pass(event);
    }
  });
  stream.send("ready", { deployment, after: seen });
  void catchUp();
  return stop;
}
