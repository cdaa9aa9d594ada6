import { expect, test } from "vitest";
import type { Actor } from "#lib/domain/actor.ts";
import { maySomewhere, POLICY, type Action } from "#lib/domain/policy.ts";
import { ROLES } from "#lib/domain/roles.ts";
import { TOKEN_SCOPES, type TokenScope } from "#lib/domain/token-scopes.ts";

/** The token of somebody who holds every role, so that nothing but its scopes limits it. */
const token = (...scopes: readonly TokenScope[]): Actor => ({
  kind: "token",
  id: "somebody",
  name: "Somebody by CI",
  token: { id: "token", name: "CI", scopes },
  grants: ROLES.map((role) => ({ role, teamId: null })),
});
const actions = Object.keys(POLICY).filter((key): key is Action => key in POLICY);
const allowed = (...scopes: readonly TokenScope[]) =>
  actions.filter((action) => maySomewhere(token(...scopes), action)).toSorted();

const READ = ["deployment.view", "history.search", "insights.view"];
const EVIDENCE = ["checks.run", "deployment.view", "evidence.add"];
const WRITE = [
  "checks.run",
  "comment.write",
  "deployment.cancel",
  "deployment.change-details",
  "deployment.open",
  "deployment.view",
  "evidence.add",
  "freeze.manage",
  "item.assign",
  "item.assign-anybody",
  "item.set-due",
  "item.settle",
  "item.waive-critical",
  "phase.complete",
  "phase.start",
  "rollback.trigger",
];

test("a scope lets a token do exactly this", () => {
  expect(allowed("read")).toEqual(READ);
  expect(allowed("evidence")).toEqual(EVIDENCE);
  expect(allowed("write")).toEqual(WRITE);
  expect(allowed()).toEqual([]);
});

test("signatures and whatever else is a person's stay a person's, whatever the scopes", () => {
  const all = new Set(allowed(...TOKEN_SCOPES));
  expect(actions.filter((action) => !all.has(action)).toSorted()).toEqual([
    "access-log.view",
    "approval.sign",
    "approval.stand-in",
    "break-glass.confirm",
    "break-glass.request",
    "break-glass.review",
    "comment.delete-any",
    "freeze.end",
    "freeze.lift",
    "history.verify",
    "jobs.manage",
    "legal-hold.manage",
    "people.manage",
    "phase.reopen",
    "rejection.answer",
    "retention.manage",
    "retention.view",
    "security-log.read",
    "service.configure",
    "service.free-repository",
    "team.notify",
    "token.create",
    "verdict.overrule",
  ]);
});
