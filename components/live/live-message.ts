import type { LiveEvent } from "#lib/queries/live-event.ts";
import type { Presence } from "#lib/queries/presence.ts";

/** What the server's stream says; the names are those of its events. */
export type LiveMessage =
  /** The stream stands from here on: whatever was read before may be old. */
  | { readonly kind: "ready" }
  | { readonly kind: "change"; readonly event: LiveEvent }
  /** What stands around records changed: freezes, roles, what checks of completed phases see. */
  | { readonly kind: "surroundings" }
  | { readonly kind: "installation" }
  /** How many notifications this person has not read. */
  | { readonly kind: "unread"; readonly unread: number }
  | { readonly kind: "presence"; readonly deployment: string; readonly people: readonly Presence[] };

/** How the page stands with the server; times are the device's own, in milliseconds. */
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "open" }
  | { readonly state: "away"; readonly since: number }
  | { readonly state: "signed-out"; readonly since: number };

export type Tell = {
  readonly message: (message: LiveMessage) => void;
  readonly connection: (connection: Connection) => void;
};
