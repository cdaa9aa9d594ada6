import type { Role } from "./roles.ts";

type PersonRef = { readonly person: string; readonly name: string };
type TeamRef = { readonly team: string; readonly name: string };

/** The history beside the deployments: who may do what, and who said so. */
export type InstallationEventData = {
  "person.created": PersonRef & { readonly email: string };
  "person.disabled": PersonRef;
  "person.enabled": PersonRef;
  "person.password-changed": PersonRef;
  "role.granted": PersonRef & {
    readonly role: Role;
    readonly team: string | null;
    readonly teamName: string | null;
  };
  "role.revoked": PersonRef & {
    readonly role: Role;
    readonly team: string | null;
    readonly teamName: string | null;
  };
  "team.created": TeamRef;
  "team.duties-changed": TeamRef & {
    readonly openerMaySign: boolean;
    readonly deployerMaySign: boolean;
    readonly mayHoldSeveralRoles: boolean;
  };
};

export type InstallationEventType = keyof InstallationEventData;

export type InstallationEventDraft = {
  [T in InstallationEventType]: { readonly type: T; readonly data: InstallationEventData[T] };
}[InstallationEventType];
