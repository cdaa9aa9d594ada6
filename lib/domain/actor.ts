import type { Role } from "./roles.ts";
import type { TokenScope } from "./token-scopes.ts";

/** A role held for one team, or for all when `teamId` is null. */
export type RoleGrant = { readonly role: Role; readonly teamId: string | null };

/** The session that speaks for a person, when they last proved who they are, and from where they call. */
export type SessionRef = { readonly id: string; readonly provenAt: string; readonly address: string | null };

/** The keyed request that speaks; of a repeat, whether the first has changed the record already. */
export type RequestClaim = { readonly caller: string; readonly key: string; readonly tookEffect: boolean };

/** What stands for the system wherever the record names a person by id. */
export const SYSTEM_ID = "00000000-0000-4000-8000-000000000001";

/**
 * Whoever acts: a person in a session, an API token of a person, or a system job. A token's `id` is
 * its person's, so that duties stay separated; its `name` says both.
 */
export type Actor = {
  readonly id: string;
  readonly name: string;
  readonly grants: readonly RoleGrant[];
  readonly claim?: RequestClaim;
} & (
  | {
      readonly kind: "person";
      /** Absent where no browser speaks: in scripts. */
      readonly session?: SessionRef;
    }
  | {
      readonly kind: "token";
      readonly token: { readonly id: string; readonly name: string; readonly scopes: readonly TokenScope[] };
    }
  | { readonly kind: "system"; readonly id: typeof SYSTEM_ID }
);

/** An actor as an event keeps it: without the roles of the day. */
export type EventActor = {
  readonly kind: Actor["kind"];
  readonly id: string;
  readonly name: string;
  readonly token?: { readonly id: string; readonly name: string };
};

export function toEventActor(actor: Actor): EventActor {
  const { kind, id, name } = actor;
  if (actor.kind !== "token") return { kind, id, name };
  return { kind, id, name, token: { id: actor.token.id, name: actor.token.name } };
}
