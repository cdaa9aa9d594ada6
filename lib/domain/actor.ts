import type { Role } from "./roles.ts";

/** A role held for one team, or for all when `teamId` is null. */
export type RoleGrant = { readonly role: Role; readonly teamId: string | null };

/** Whoever acts: a person in a session, an API token of a person, or a system job. */
export type Actor =
  | {
      readonly kind: "person";
      readonly id: string;
      readonly name: string;
      readonly grants: readonly RoleGrant[];
    }
  | {
      readonly kind: "token";
      readonly id: string;
      readonly name: string;
      readonly token: { readonly id: string; readonly name: string };
      readonly grants: readonly RoleGrant[];
    }
  | {
      readonly kind: "system";
      readonly id: "system";
      readonly name: string;
      readonly grants: readonly RoleGrant[];
    };

/** An actor as an event keeps it: without the roles of the day. */
export type EventActor = {
  readonly kind: Actor["kind"];
  readonly id: string;
  readonly name: string;
  readonly token?: { readonly id: string; readonly name: string };
};

export function toEventActor(actor: Actor): EventActor {
  const { kind, id, name } = actor;
  return actor.kind === "token" ? { kind, id, name, token: actor.token } : { kind, id, name };
}
