import type { EventActor } from "./actor.ts";
import type { ServiceChecks } from "./inputs/service-checks.ts";
import type { InstallationEventDraft } from "./installation-events.ts";

export type InstallationEvent = InstallationEventDraft & {
  readonly at: string;
  readonly actor: EventActor;
};

/** What stands of one thing, such as a person, a role or a freeze. */
export type Fact = Readonly<Record<string, unknown>>;
/** Facts by what they are of, in a few words with ids. The tables give the same in `lib/db/installation-facts.ts`. */
export type Facts = ReadonlyMap<string, Fact>;

type Ref<T extends InstallationEvent["type"]> = Extract<InstallationEvent, { type: T }>["data"];

/**
 * What the whole history of an installation says of its people, roles, teams and whatever hangs on them,
 * and the place of the first event that tells nothing; such an event hides nothing of the others.
 */
export function installationFacts(events: readonly InstallationEvent[]): {
  readonly facts: Facts;
  readonly nonsense: number | null;
} {
  const facts = new Map<string, Fact>([["the retention span", { days: null }]]);
  const telling = events.map((event) => tells(facts, event));
  const nonsense = telling.indexOf(false);
  return { facts, nonsense: nonsense < 0 ? null : nonsense };
}

/** Lets an event change the facts; false when it tells nothing, as no rule but somebody's hand writes it. */
export function tells(facts: Map<string, Fact>, event: InstallationEvent): boolean {
  try {
    tell(facts, event);
    return true;
  } catch {
    return false;
  }
}

function tell(facts: Map<string, Fact>, event: InstallationEvent): void {
  const change = (key: string, fields: Fact) => facts.set(key, { ...facts.get(key), ...fields });
  switch (event.type) {
    case "person.created": {
      const { person, name, email } = event.data;
      return void change(`person ${person}`, { name, email, closed: false });
    }
    case "person.disabled":
    case "person.enabled":
      return void change(`person ${event.data.person}`, { closed: event.type === "person.disabled" });
    case "person.passkey-added": {
      const { passkey, passkeyName, person, publicKey } = event.data;
      return void change(`passkey ${passkey}`, {
        person,
        name: passkeyName,
        ...(publicKey === undefined ? {} : { publicKey }),
      });
    }
    case "person.passkey-removed":
      return void facts.delete(`passkey ${event.data.passkey}`);
    case "person.totp-added":
      return void change(`one-time codes of ${event.data.person}`, {});
    case "person.totp-removed":
      return void facts.delete(`one-time codes of ${event.data.person}`);
    case "person.calendar-address-made":
      return void change(`calendar address of ${event.data.person}`, secretOf(event.data));
    case "person.calendar-address-revoked":
      return void facts.delete(`calendar address of ${event.data.person}`);
    case "person.recovered":
      return event.data.factorsDropped ? dropFactors(facts, event.data.person) : undefined;
    case "person.password-changed":
    case "person.recovery-codes-made":
    case "person.recovery-link-made":
    case "retention.content-removed":
      return;
    case "role.granted":
      return void change(roleKey(event.data), {});
    case "role.revoked":
      return void facts.delete(roleKey(event.data));
    case "delegation.created":
    case "delegation.revoked":
      return void change(`delegation ${event.data.delegation}`, delegation(event.data));
    case "token.created": {
      const { token, tokenName, person, scopes, expiresAt } = event.data;
      const secret = secretOf(event.data);
      const made = { person, name: tokenName, scopes, expiresAt, revoked: false, ...secret };
      return void change(`token ${token}`, made);
    }
    case "token.revoked":
      return void change(`token ${event.data.token}`, { revoked: true });
    case "freeze.created":
      return void change(`freeze ${event.data.freeze}`, freeze(event.data, event));
    case "freeze.ended":
      return void change(`freeze ${event.data.freeze}`, { endedAt: event.at, endedBy: who(event.actor) });
    case "service.checks-changed":
      return configure(facts, event.data.service, event.data.to);
    case "service.repository-freed": {
      const { service } = event.data;
      const { github: _freed, ...checks } = checksOf(facts.get(checksKey(service)));
      return configure(facts, service, checks);
    }
    case "retention.changed":
      return void change("the retention span", { days: event.data.to });
    default:
      return tellOfTeam(change, event);
  }
}

type OfTeam = Extract<InstallationEvent, { type: `team.${string}` }>;

function tellOfTeam(change: (key: string, fields: Fact) => unknown, { type, data }: OfTeam): void {
  const key = `team ${data.team}`;
  switch (type) {
    case "team.created":
      return void change(key, { name: data.name, ...NEW_TEAM });
    case "team.duties-changed": {
      const { openerMaySign, deployerMaySign, mayHoldSeveralRoles } = data;
      return void change(key, { openerMaySign, deployerMaySign, mayHoldSeveralRoles });
    }
    case "team.second-factor-changed":
      return void change(key, { secondFactorRequired: data.required });
    case "team.time-zone-changed":
      return void change(key, { timeZone: data.to });
    case "team.reminders-changed": {
      const { remindAfterHours, escalateAfterHours } = data;
      return void change(key, { remindAfterHours, escalateAfterHours });
    }
    case "team.webhook-added":
    case "team.webhook-changed": {
      const { team, webhook, webhookName: name, kind, host, news } = data;
      return void change(`webhook ${webhook}`, {
        team,
        name,
        kind,
        host,
        news: news.toSorted(),
        removed: false,
      });
    }
    case "team.webhook-removed":
      return void change(`webhook ${data.webhook}`, { removed: true });
  }
}

/** How a team begins; the table's columns have the same defaults. */
const NEW_TEAM = {
  openerMaySign: false,
  deployerMaySign: false,
  mayHoldSeveralRoles: false,
  secondFactorRequired: false,
  timeZone: "UTC",
  remindAfterHours: 4,
  escalateAfterHours: 24,
};

/** Under which key a role stands among the facts. */
export function roleKey({
  person,
  role,
  team,
}: Pick<Ref<"role.granted">, "person" | "team"> & { readonly role: string }): string {
  return `role ${role} of ${person} for ${team ?? "all teams"}`;
}

function checksKey(service: string): string {
  return `checks of service ${service}`;
}

function who({ id, name }: EventActor): Fact {
  return { id, name };
}

function secretOf({ secretDigest }: Pick<Ref<"token.created">, "secretDigest">): Fact {
  return secretDigest === undefined ? {} : { secretDigest };
}

function delegation({ from, to, role, team, startsAt, endsAt, ...more }: Ref<"delegation.created">): Fact {
  const endCause = "cause" in more ? more.cause : null;
  return { from: from.person, to: to.person, role, team, startsAt, endsAt, endCause };
}

function freeze(
  { team, environment, startsAt, endsAt, reason }: Ref<"freeze.created">,
  { at, actor }: Pick<InstallationEvent, "at" | "actor">,
): Fact {
  const created = { createdAt: at, createdBy: who(actor) };
  return { team, environment, startsAt, endsAt, reason, ...created, endedAt: null, endedBy: null };
}

// A service without checks is nothing of the installation's history.
function configure(facts: Map<string, Fact>, service: string, checks: ServiceChecks): void {
  if (Object.keys(checks).length === 0) facts.delete(checksKey(service));
  else facts.set(checksKey(service), { checks });
}

// Only `configure` sets such a fact.
function checksOf(fact: Fact | undefined): ServiceChecks {
  return (fact?.checks ?? {}) as ServiceChecks;
}

function dropFactors(facts: Map<string, Fact>, person: string): void {
  facts.delete(`one-time codes of ${person}`);
  for (const [key, fact] of facts)
    if (key.startsWith("passkey ") && fact.person === person) facts.delete(key);
}
