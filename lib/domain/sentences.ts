import type { EventActor } from "./actor.ts";
import type { DeploymentDetails } from "./deployment.ts";
import type { DeploymentEventData } from "./events.ts";
import type { EvidenceContent } from "./evidence.ts";
import type { InstallationEventData } from "./installation-events.ts";
import type { ServiceCheckGroup, ServiceChecks } from "./inputs/service-checks.ts";
import type { Blocker } from "./rejection.ts";
import { ROLE_TITLES, type Role } from "./roles.ts";
import { SERVICE_CHECK_GROUPS, SERVICE_CHECK_TITLES } from "./service-check-groups.ts";
import { minuteInWords } from "./time.ts";
import { SLO_METRICS, type SloMetric } from "./slo.ts";
import { assignedInWords, dueInWords, placeInWords } from "./work-in-words.ts";

type AllEventData = DeploymentEventData & InstallationEventData;

/** Any recorded event, as its canonical text says it. */
export type RecordedEvent = {
  [T in keyof AllEventData]: {
    readonly type: T;
    readonly data: AllEventData[T];
    readonly actor: EventActor;
    readonly at: string;
    readonly seq: number;
    readonly stream: string;
    readonly prev: string | null;
  };
}[keyof AllEventData];

/** What happened, as a sentence without its subject: `ticked “Run database migrations”`. */
export function predicateOf(event: RecordedEvent): string {
  switch (event.type) {
    case "deployment.opened":
      return `opened the deployment of ${event.data.service.name} ${event.data.details.version}`;
    case "deployment.details-changed":
      return `changed ${changesOf(event.data.from, event.data.to)}`;
    case "deployment.completed":
      return "completed the deployment";
    case "deployment.rolled-back":
      return "finished the rollback";
    case "deployment.cancelled":
      return "cancelled the deployment";
    case "phase.started":
      return `started ${event.data.title}${event.data.atT0 ? ": T-0" : ""}${forcedInWords(event.data)}`;
    case "phase.left-incomplete":
      return `left ${event.data.title} incomplete`;
    case "phase.completed":
      return `completed ${event.data.title}`;
    case "phase.reopened":
      return `reopened ${event.data.title}`;
    case "item.checked":
      return `ticked “${event.data.title}”`;
    case "item.unchecked":
      return `took back the tick on “${event.data.title}”`;
    case "item.waived":
      return `marked “${event.data.title}” as not applicable`;
    case "item.waiver-withdrawn":
      return `took back ‘not applicable’ on “${event.data.title}”`;
    case "items.assigned":
      return assignedInWords(event.data, event.actor.id);
    case "items.due-set":
      return dueInWords(event.data);
    case "comment.added":
      return `commented${placeInWords(event.data)}`;
    case "comment.edited":
      return `edited a comment${placeInWords(event.data)}`;
    case "comment.deleted":
      return `deleted a comment${placeInWords(event.data)}`;
    case "evidence.added":
      return `added ${evidenceInWords(event.data.content)} to “${event.data.title}”`;
    case "verdict.overruled":
      return `overruled ${event.data.check} on “${event.data.title}”`;
    case "approval.granted":
      return `approved as ${event.data.roleTitle}${forInWords(event.data)}`;
    case "approval.rejected":
      return `rejected as ${event.data.roleTitle}${forInWords(event.data)}`;
    case "sign-off.voided":
      return "voided the approvals given so far";
    case "rejection.answered":
      return "answered the rejection; the sign-off starts over";
    case "break-glass.requested":
      return `asked to break the glass before ${event.data.title}, against ${linesInWords(event.data.blockers)}`;
    case "break-glass.confirmed":
      return `broke the glass before ${event.data.title} as ${event.data.roleTitle}, overriding ${linesInWords(event.data.blockers)}`;
    case "break-glass.withdrawn":
      return `withdrew the break glass before ${event.data.title}`;
    case "break-glass.lapsed":
      return `let the break glass before ${event.data.title} lapse`;
    case "break-glass.reviewed":
      return `reviewed the break glass before ${event.data.title}: ${CONCLUSION_WORDS[event.data.conclusion]}`;
    case "delegation.created":
      return `named ${event.data.to.name} as stand-in for ${event.data.from.name}, ${delegatedInWords(event.data)}`;
    case "delegation.revoked":
      return `ended the delegation of ${event.data.from.name} to ${event.data.to.name}, ${delegatedInWords(event.data)}`;
    case "freeze.created":
      return `froze ${frozenInWords(event.data)}`;
    case "freeze.ended":
      return `ended the freeze of ${frozenInWords(event.data)}`;
    case "freeze.lifted":
      return `lifted the freeze of ${event.data.window.environment ?? "every environment"} until ${minuteInWords(event.data.window.endsAt)} for this deployment`;
    case "rollback.triggered":
      return "triggered the rollback";
    case "legal-hold.set":
      return "set a legal hold";
    case "legal-hold.lifted":
      return "lifted the legal hold";
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
      return `made ${event.data.name} ${roleInWords(event.data)}`;
    case "role.revoked":
      return `took the role ${roleInWords(event.data)} from ${event.data.name}`;
    case "token.created":
      return `made the API token “${event.data.tokenName}” (${event.data.scopes.join(", ")}) of ${event.data.name}`;
    case "token.revoked":
      return `revoked the API token “${event.data.tokenName}” of ${event.data.name}`;
    case "service.checks-changed":
      return `changed the live checks of ${event.data.name}: ${changedGroups(event.data)}`;
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

/** The reason, comment or cause that somebody gave with an event; null when there is none. */
export function remarkOf(event: RecordedEvent): string | null {
  switch (event.type) {
    case "item.waived":
    case "phase.reopened":
    case "verdict.overruled":
    case "approval.rejected":
    case "rollback.triggered":
    case "break-glass.requested":
    case "freeze.created":
    case "freeze.lifted":
    case "legal-hold.set":
    case "legal-hold.lifted":
    case "service.repository-freed":
    case "deployment.cancelled":
      return event.data.reason;
    case "comment.added":
    case "comment.edited":
      return event.data.text;
    case "approval.granted":
      return event.data.comment;
    case "sign-off.voided":
    case "break-glass.lapsed":
      return event.data.cause;
    case "delegation.revoked":
      return REVOKE_CAUSES[event.data.cause];
    case "break-glass.reviewed":
      return event.data.finding;
    case "rejection.answered":
      return event.data.answer;
    default:
      return null;
  }
}

/** Evidence in a few words: `a link to Report`, `API latency P95 312 ms`. */
export function evidenceInWords(content: EvidenceContent): string {
  switch (content.kind) {
    case "note":
      return "a note";
    case "link":
      return `a link (${content.title ?? content.url})`;
    case "measurement":
      return Object.entries(content.values)
        .map(([metric, value]) => measuredInWords(metric, value))
        .join(", ");
    case "time":
      return `the time ${minuteInWords(content.at)}`;
    case "rotation":
      return "the dates of rotation";
    case "file":
      return `the file ${content.name}`;
    case "check":
      return `${content.title}${content.label === null ? "" : ` (${content.label})`}: ${VERDICTS[content.verdict]}`;
  }
}

const CONCLUSION_WORDS = { justified: "it was justified", "not-justified": "it was not justified" } as const;

const REVOKE_CAUSES = {
  withdrawn: null,
  "role-lost": "The approver no longer holds the role.",
  "account-closed": "The account was closed.",
} as const;

function forInWords({ for: represented }: DeploymentEventData["approval.granted" | "approval.rejected"]) {
  return represented === undefined ? "" : ` for ${represented.name}`;
}

function forcedInWords({ overridden }: DeploymentEventData["phase.started"]): string {
  return overridden === undefined ? "" : ` by break glass, against ${linesInWords(overridden)}`;
}

function linesInWords(blockers: readonly Blocker[]): string {
  return blockers.length === 1 ? "1 blocker" : `${blockers.length} blockers`;
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

const VERDICTS = { pass: "passed", fail: "failed", unknown: "could not tell" } as const;

function measuredInWords(metric: string, value: number): string {
  if (!isSloMetric(metric)) return `${metric} ${value}`;
  const { title, unit } = SLO_METRICS[metric];
  return `${title} ${value} ${unit}`;
}

function isSloMetric(metric: string): metric is SloMetric {
  return metric in SLO_METRICS;
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

const DETAIL_TITLES: Readonly<Record<keyof DeploymentDetails, string>> = {
  version: "the version",
  commit: "the commit",
  environment: "the environment",
  deploymentAt: "the deployment date",
  deployedBy: "the deployer",
  links: "the links",
  slo: "the SLO targets",
};

function changesOf(from: Partial<DeploymentDetails>, to: Partial<DeploymentDetails>): string {
  const short = (value: unknown) => (typeof value === "string" ? ` from ${value}` : "");
  const change = (key: keyof DeploymentDetails) => {
    const value = to[key];
    return `${DETAIL_TITLES[key]}${short(from[key])}${typeof value === "string" ? ` to ${value}` : ""}`;
  };
  const keys = Object.keys(DETAIL_TITLES).filter((key): key is keyof DeploymentDetails => key in to);
  return keys.map(change).join(", ");
}

function changedGroups({ from, to }: { readonly from: ServiceChecks; readonly to: ServiceChecks }): string {
  const same = (group: ServiceCheckGroup) => JSON.stringify(from[group]) === JSON.stringify(to[group]);
  return SERVICE_CHECK_GROUPS.filter((group) => !same(group))
    .map((group) => SERVICE_CHECK_TITLES[group])
    .join(", ");
}

function roleInWords({ role, teamName }: { readonly role: Role; readonly teamName: string | null }): string {
  return `${ROLE_TITLES[role]} ${teamName === null ? "for all teams" : `of ${teamName}`}`;
}
