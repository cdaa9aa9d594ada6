import type { NotificationKind } from "./notifications.ts";
import type { WebhookKind } from "./webhooks.ts";
import type { ServiceChecks } from "./inputs/service-checks.ts";
import type { StoneData } from "./stones.ts";
import type { ApproverRole, Role } from "./roles.ts";
import type { TokenScope } from "./token-scopes.ts";

type PersonRef = { readonly person: string; readonly name: string };
type TeamRef = { readonly team: string; readonly name: string };

type WebhookRef = TeamRef & {
  readonly webhook: string;
  readonly webhookName: string;
  readonly kind: WebhookKind;
  readonly host: string;
  readonly news: readonly NotificationKind[];
};
type FreezeRef = {
  readonly freeze: string;
  /** Null: every team. */
  readonly team: string | null;
  readonly teamName: string | null;
  /** Null: every environment. */
  readonly environment: string | null;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly reason: string;
};

type TokenRef = PersonRef & { readonly token: string; readonly tokenName: string };

/** SHA-256 of what is kept of the secret; histories of before may lack it. */
type SecretRef = { readonly secretDigest?: string };

type DelegationRef = {
  readonly delegation: string;
  readonly from: { readonly person: string; readonly name: string };
  readonly to: { readonly person: string; readonly name: string };
  readonly role: ApproverRole;
  readonly team: string | null;
  readonly teamName: string | null;
  readonly startsAt: string;
  readonly endsAt: string;
};

/** Why a delegation ended before its time. */
export type DelegationEndCause = "withdrawn" | "role-lost" | "account-closed";

/** The history beside the deployments: who may do what, and who said so. */
export type InstallationEventData = {
  "person.created": PersonRef & { readonly email: string };
  "person.disabled": PersonRef;
  "person.enabled": PersonRef;
  "person.password-changed": PersonRef;
  /** The key in base64url, as in a signature; histories of before may lack it. */
  "person.passkey-added": PersonRef & {
    readonly passkey: string;
    readonly passkeyName: string;
    readonly publicKey?: string;
  };
  "person.passkey-removed": PersonRef & { readonly passkey: string; readonly passkeyName: string };
  "person.totp-added": PersonRef;
  "person.totp-removed": PersonRef;
  "person.recovery-codes-made": PersonRef;
  "person.calendar-address-made": PersonRef & SecretRef;
  "person.calendar-address-revoked": PersonRef;
  "person.recovery-link-made": PersonRef & { readonly dropsFactors: boolean; readonly expiresAt: string };
  "person.recovered": PersonRef & { readonly factorsDropped: boolean };
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
  "delegation.created": DelegationRef;
  "delegation.revoked": DelegationRef & { readonly cause: DelegationEndCause };
  "token.created": TokenRef &
    SecretRef & { readonly scopes: readonly TokenScope[]; readonly expiresAt: string };
  "token.revoked": TokenRef;
  "service.checks-changed": {
    readonly service: string;
    readonly name: string;
    readonly from: ServiceChecks;
    readonly to: ServiceChecks;
  };
  "service.repository-freed": {
    readonly service: string;
    readonly name: string;
    readonly repository: string;
    readonly environment: string;
    readonly reason: string;
  };
  "freeze.created": FreezeRef;
  /** Before its time; one that was never ended ends by itself. */
  "freeze.ended": FreezeRef;
  /** Days after a deployment's end; null: everything is kept. */
  "retention.changed": { readonly from: number | null; readonly to: number | null };
  "retention.content-removed": StoneData;
  "team.created": TeamRef;
  "team.time-zone-changed": TeamRef & { readonly from: string; readonly to: string };
  "team.second-factor-changed": TeamRef & { readonly required: boolean };
  "team.reminders-changed": TeamRef & {
    readonly remindAfterHours: number | null;
    readonly escalateAfterHours: number | null;
  };
  "team.webhook-added": WebhookRef;
  "team.webhook-changed": WebhookRef;
  "team.webhook-removed": WebhookRef;
  "team.duties-changed": TeamRef & {
    readonly openerMaySign: boolean;
    readonly deployerMaySign: boolean;
    readonly mayHoldSeveralRoles: boolean;
  };
};

export type InstallationEventType = keyof InstallationEventData;

/** What ends access, or gives somebody back their own: nothing keeps anybody from it. */
export const ENDINGS: readonly InstallationEventType[] = [
  "person.disabled",
  "person.password-changed",
  "person.passkey-removed",
  "person.totp-removed",
  "person.calendar-address-revoked",
  "person.recovered",
  "role.revoked",
  "delegation.revoked",
  "token.revoked",
  "freeze.ended",
  "team.webhook-removed",
];

export type InstallationEventDraft = {
  [T in InstallationEventType]: { readonly type: T; readonly data: InstallationEventData[T] };
}[InstallationEventType];
