import { listen } from "#lib/db/listen.ts";

/** Calls back whenever something about a person's notifications changes; answers with the way to stop. */
export function followNotifications(personId: string, onChange: () => void): () => void {
  return listen((heard) => {
    if (heard.kind === "gap" || (heard.kind === "notified" && heard.person === personId)) onChange();
  });
}
