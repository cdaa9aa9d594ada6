import type { Actor } from "#lib/domain/actor.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { authenticate } from "./authenticate.ts";

type Watched = { readonly request: Request; readonly onActor: (actor: Actor | null) => void };

const SWEEP_MS = 1_000;

const watched = new Set<Watched>();
let sweeping: ReturnType<typeof setInterval> | undefined;

/**
 * Asks every second whether a request's session or token still stands, and with which roles; null
 * when it has ended. One question for all requests with the same credential.
 */
export function keepAuthorized(request: Request, onActor: Watched["onActor"]): () => void {
  const entry = { request, onActor };
  watched.add(entry);
  sweeping ??= setInterval(() => void sweep(), SWEEP_MS);
  return () => {
    watched.delete(entry);
    if (watched.size > 0) return;
    clearInterval(sweeping);
    sweeping = undefined;
  };
}

async function sweep(): Promise<void> {
  const byCredential = Map.groupBy(watched, ({ request: { headers } }) =>
    [headers.get("authorization"), headers.get("cookie")].join("\n"),
  );
  await Promise.all([...byCredential.values()].map(ask));
}

async function ask(entries: readonly Watched[]): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  try {
    const actor = await authenticate(first.request);
    for (const { onActor } of entries) onActor(actor);
  } catch (error) {
    // While the database is away nobody hears anything anyway; the next question decides.
    if (!(error instanceof Rejection)) return;
    for (const { onActor } of entries) onActor(null);
  }
}
