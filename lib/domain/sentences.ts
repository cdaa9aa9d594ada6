import type { DeploymentDetails } from "./deployment.ts";
import type { DeploymentEventData } from "./events.ts";
import { evidenceInWords } from "./evidence-in-words.ts";
import { installationPredicateOf } from "./installation-sentences.ts";
import type { RecordedEvent } from "./recorded-event.ts";
import type { Blocker } from "./rejection.ts";
import { minuteInWords } from "./time.ts";
import { assignedInWords, dueInWords, placeInWords } from "./work-in-words.ts";

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
    case "freeze.lifted":
      return `lifted the freeze of ${event.data.window.environment ?? "every environment"} until ${minuteInWords(event.data.window.endsAt)} for this deployment`;
    case "rollback.triggered":
      return "triggered the rollback";
    case "legal-hold.set":
      return "set a legal hold";
    case "legal-hold.lifted":
      return "lifted the legal hold";
    default:
      return installationPredicateOf(event);
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
