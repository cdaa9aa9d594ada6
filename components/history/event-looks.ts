import type { LogLook } from "./log-days.tsx";

/** The sign that stands before an event of this type. */
export function lookOf(type: string): LogLook {
  return LOOKS.find(([start]) => type.startsWith(start))?.[1] ?? { icon: "note", tone: "neutral" };
}

const LOOKS: readonly (readonly [string, LogLook])[] = [
  ["item.checked", { icon: "check", tone: "done" }],
  ["item.waived", { icon: "minus", tone: "neutral" }],
  ["item.", { icon: "reopen", tone: "neutral" }],
  ["evidence.", { icon: "file", tone: "neutral" }],
  ["phase.started", { icon: "circle", tone: "neutral" }],
  ["phase.reopened", { icon: "reopen", tone: "void" }],
  ["phase.", { icon: "check-all", tone: "done" }],
  ["approval.granted", { icon: "signature", tone: "done" }],
  ["approval.rejected", { icon: "blocked", tone: "blocked" }],
  ["sign-off.voided", { icon: "void", tone: "void" }],
  ["rejection.", { icon: "comment", tone: "waiting" }],
  ["rollback.", { icon: "rollback", tone: "blocked" }],
  ["deployment.completed", { icon: "approve", tone: "done" }],
  ["deployment.rolled-back", { icon: "rollback", tone: "attention" }],
  ["deployment.cancelled", { icon: "void", tone: "void" }],
  ["deployment.", { icon: "deploy", tone: "neutral" }],
  ["legal-hold.", { icon: "lock", tone: "waiting" }],
  ["retention.", { icon: "remove", tone: "void" }],
  ["role.", { icon: "shield", tone: "waiting" }],
  ["token.", { icon: "key", tone: "neutral" }],
  ["delegation.", { icon: "people", tone: "neutral" }],
  ["freeze.", { icon: "snowflake", tone: "waiting" }],
  ["service.", { icon: "server", tone: "neutral" }],
  ["person.", { icon: "person", tone: "neutral" }],
  ["team.", { icon: "people", tone: "neutral" }],
];
