import type { InstallationEventData } from "./installation-events.ts";
import type { RecordedEvent } from "./recorded-event.ts";
import { ROLE_TITLES, type Role } from "./roles.ts";
import { SERVICE_CHECK_TITLES, changedGroups } from "./service-check-groups.ts";
import { minuteInWords } from "./time.ts";

type OfTheInstallation = Extract<RecordedEvent, { readonly type: keyof InstallationEventData }>;

/** What happened to people, teams and the installation, as a sentence without its subject. */
export function installationPredicateOf(event: OfTheInstallation): string {
  switch (event.type) {
    case "delegation.created":
      return `named ${event.data.to.name} as stand-in for ${event.data.from.name}, ${delegatedInWords(event.data)}`;
    case "delegation.revoked":
      return `ended the delegation of ${event.data.from.name} to ${event.data.to.name}, ${delegatedInWords(event.data)}`;
    case "freeze.created":
      return `froze ${frozenInWords(event.data)}`;
    case "freeze.ended":
      return `ended the freeze of ${frozenInWords(event.data)}`;
    case "retention.changed":
      return `changed the retention span from ${spanInWords(event.data.from)} to ${spanInWords(event.data.to)}`;
    case "retention.content-removed":
      return `removed the content of ${event.data.service} ${event.data.version}: ${event.data.events} events, of which the hashes stay`;
    case "person.created":
      return `added ${event.data.name} (${event.data.email})`;
    case "person.disabled":
      return `closed the account of ${event.data.name}`;
    case "person.enabled":
      return `opened the account of ${event.data.name} again`;
    case "person.password-changed":
      return `set a new password for ${event.data.name}`;
    case "person.passkey-added":
      return `added the passkey “${event.data.passkeyName}” of ${event.data.name}`;
    case "person.passkey-removed":
      return `removed the passkey “${event.data.passkeyName}” of ${event.data.name}`;
    case "person.totp-added":
      return `set up one-time codes for ${event.data.name}`;
    case "person.totp-removed":
      return `removed the one-time codes of ${event.data.name}`;
    case "person.recovery-codes-made":
      return `made new recovery codes for ${event.data.name}`;
    case "person.calendar-address-made":
      return `made a calendar address for ${event.data.name}`;
    case "person.calendar-address-revoked":
      return `revoked the calendar address of ${event.data.name}`;
    case "person.recovery-link-made":
      return `made a link for ${event.data.name} to recover the account${event.data.dropsFactors ? ", which takes second factors away" : ""}`;
    case "person.recovered":
      return `recovered the account of ${event.data.name} with a link${event.data.factorsDropped ? "; its second factors are gone" : ""}`;
    case "role.granted":
      return `gave ${event.data.name} the role ${roleInWords(event.data)}`;
    case "role.revoked":
      return `took the role ${roleInWords(event.data)} from ${event.data.name}`;
    case "token.created":
      return `made the API token “${event.data.tokenName}” (${event.data.scopes.join(", ")}) of ${event.data.name}`;
    case "token.revoked":
      return `revoked the API token “${event.data.tokenName}” of ${event.data.name}`;
    case "service.checks-changed":
      return `changed the live checks of ${event.data.name}: ${changedGroups(event.data.from, event.data.to)
        .map((group) => SERVICE_CHECK_TITLES[group])
        .join(", ")}`;
    case "service.repository-freed":
      return `took the repository ${event.data.repository}, environment ${event.data.environment}, from ${event.data.name}`;
    case "team.created":
      return `added the team ${event.data.name}`;
    case "team.time-zone-changed":
      return `changed the time zone of ${event.data.name} from ${event.data.from} to ${event.data.to}`;
    case "team.second-factor-changed":
      return event.data.required
        ? `asks for a second factor at every signature for ${event.data.name}`
        : `asks for no second factor at signatures for ${event.data.name} any more`;
    case "team.reminders-changed":
      return `changed when ${event.data.name} is reminded of signatures: ${hoursInWords(event.data.remindAfterHours)}, its leads ${hoursInWords(event.data.escalateAfterHours)}`;
    case "team.webhook-added":
      return `added the webhook ${webhookInWords(event.data)}`;
    case "team.webhook-changed":
      return `changed the webhook ${webhookInWords(event.data)}`;
    case "team.webhook-removed":
      return `removed the webhook ${webhookInWords(event.data)}`;
    case "team.duties-changed":
      return `changed the separation of duties of ${event.data.name}`;
  }
}

function delegatedInWords({
  role,
  teamName,
  startsAt,
  endsAt,
}: InstallationEventData["delegation.created" | "delegation.revoked"]): string {
  return `${roleInWords({ role, teamName })}, ${startsAt.slice(0, 10)} to ${endsAt.slice(0, 10)}`;
}

function frozenInWords({
  environment,
  teamName,
  startsAt,
  endsAt,
}: InstallationEventData["freeze.created" | "freeze.ended"]): string {
  const where = `${environment ?? "every environment"} of ${teamName ?? "every team"}`;
  return `${where}, ${minuteInWords(startsAt)} to ${minuteInWords(endsAt)}`;
}

function roleInWords({ role, teamName }: { readonly role: Role; readonly teamName: string | null }): string {
  return `${ROLE_TITLES[role]} ${teamName === null ? "in all teams" : `in ${teamName}`}`;
}

function hoursInWords(hours: number | null): string {
  return hours === null ? "never" : `after ${hours} h`;
}

function webhookInWords({ name, webhookName, host }: InstallationEventData["team.webhook-added"]): string {
  return `“${webhookName}” (${host}) of ${name}`;
}

function spanInWords(days: number | null): string {
  return days === null ? "‘keep everything’" : `${days} days`;
}
