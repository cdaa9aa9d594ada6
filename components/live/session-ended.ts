const EVENT = "countersign-session-ended";

/** A server action was refused since nobody is signed in: whoever keeps the live stream looks, and says so. */
export function noteSessionEnded(): void {
  window.dispatchEvent(new Event(EVENT));
}

/** Calls back when that happens; answers with the way to stop. */
export function onSessionEnded(listener: () => void): () => void {
  window.addEventListener(EVENT, listener);
  return () => window.removeEventListener(EVENT, listener);
}
