import { expect, test } from "vitest";
import { addresseesOf, concernsTeam, type Audience } from "#lib/domain/addressees.ts";
import { ALL_NOTIFICATION_KINDS } from "#lib/domain/notifications.ts";
import type { RecordedEvent } from "#lib/domain/recorded-event.ts";
import { newsOf, placeOf, tell, tellTeam, type Telling } from "#lib/domain/telling.ts";

const audience: Audience = {
  openedById: "lead",
  deployedById: "engineer",
  openerMaySign: false,
  deployerMaySign: false,
  mayHoldSeveralRoles: false,
  members: [
    { id: "lead", roles: ["team-lead", "security"] },
    { id: "lead2", roles: ["team-lead"] },
    { id: "engineer", roles: ["engineer"] },
    { id: "security", roles: ["security"] },
    { id: "security2", roles: ["security", "product"] },
    { id: "sre", roles: ["devops-sre"] },
    { id: "auditor", roles: ["auditor"] },
    { id: "admin", roles: ["admin"] },
  ],
  signatures: [
    { role: "devops-sre", people: ["sre"], counts: true },
    { role: "product", people: ["former"], counts: false },
  ],
  mandates: [],
  failedBefore: false,
  namedBefore: ["sre"],
};

// A row of the table names an event by its type; what else it carries is as the domain types have it.
function event(type: string, actor = "lead2", data: object = {}): Telling {
  const body = {
    type,
    data,
    actor: { kind: "person", id: actor, name: "Ann" },
    at: "",
    seq: 2,
    stream: "r",
    prev: null,
  };
  return { kind: "event", event: body as unknown as RecordedEvent };
}

test.each<[Telling, readonly string[]]>([
  [{ kind: "turn", role: "security" }, ["security", "security2"]],
  [{ kind: "reminder", role: "devops-sre" }, []],
  [{ kind: "escalation", role: "security" }, ["lead", "lead2"]],
  [event("approval.granted"), ["lead", "engineer"]],
  [event("approval.rejected", "engineer"), ["lead"]],
  [event("sign-off.voided"), ["lead", "engineer"]],
  [event("items.assigned", "lead2", { items: ["a"], ownerId: "engineer" }), ["engineer"]],
  [event("items.assigned", "lead2", { items: ["a"], ownerId: null }), []],
  [event("items.assigned", "lead2", { items: ["a"], ownerId: "stranger" }), []],
  [event("comment.added", "lead2", { mentions: ["auditor", "lead2", "stranger"] }), ["auditor"]],
  [event("comment.edited", "lead2", { mentions: ["auditor", "lead2", "sre"] }), ["auditor"]],
  [event("rollback.triggered"), ["lead", "engineer", "security", "security2", "sre"]],
  [event("phase.reopened"), ["lead", "engineer", "sre"]],
  [event("deployment.completed"), ["lead", "engineer", "sre"]],
  [event("break-glass.requested"), ["security", "security2", "sre"]],
  [event("break-glass.confirmed", "sre"), ["lead", "lead2", "engineer", "security", "security2"]],
  [event("evidence.added", "system"), ["lead", "engineer"]],
  [event("freeze.lifted"), ["lead", "engineer"]],
  [event("retention.changed"), ["auditor", "admin"]],
  [event("retention.changed", "admin"), ["auditor"]],
  [event("item.checked"), []],
])("%j concerns %j", (telling, people) => {
  expect(addresseesOf(telling, audience)).toEqual(people);
});

test.each<[Telling, boolean]>([
  [{ kind: "turn", role: "security" }, true],
  [{ kind: "escalation", role: "security" }, true],
  [event("rollback.triggered"), true],
  [event("item.checked"), true],
  [event("items.assigned", "lead2", { items: ["a"], ownerId: "engineer" }), true],
  [event("items.assigned", "lead2", { items: ["a"], ownerId: null }), false],
  [event("comment.added", "lead2", { mentions: ["auditor"] }), true],
  [event("comment.added", "lead2", { mentions: [] }), false],
  [event("comment.edited", "lead2", { mentions: ["auditor", "sre"] }), true],
  [event("comment.edited", "lead2", { mentions: ["sre"] }), false],
  [event("evidence.added", "system"), true],
])("%j is news to a team: %s", (telling, isNews) => {
  expect(concernsTeam(telling, audience)).toBe(isNews);
});

test("a check that failed before is no news", () => {
  expect(addresseesOf(event("evidence.added", "system"), { ...audience, failedBefore: true })).toEqual([]);
  expect(concernsTeam(event("evidence.added", "system"), { ...audience, failedBefore: true })).toBe(false);
});

test("a stand-in hears of the turn, unless they or the approver are kept from signing", () => {
  const turn = { kind: "turn" as const, role: "devops-sre" as const };
  const signatures: Audience["signatures"] = [];
  const mandates = [
    { role: "devops-sre", fromId: "sre", toId: "lead2" },
    { role: "devops-sre", fromId: "sre", toId: "engineer" },
    { role: "security", fromId: "security", toId: "auditor" },
  ];
  expect(addresseesOf(turn, { ...audience, signatures, mandates })).toEqual(["lead2", "sre"]);
  expect(addresseesOf(turn, { ...audience, mandates })).toEqual([]);
});

test("whoever may hold several roles is asked again for another one", () => {
  const signatures = [{ role: "product", people: ["security2"], counts: true }];
  const turn = { kind: "turn" as const, role: "security" as const };
  expect(addresseesOf(turn, { ...audience, signatures })).toEqual(["security"]);
  expect(addresseesOf(turn, { ...audience, signatures, mayHoldSeveralRoles: true })).toEqual([
    "security",
    "security2",
  ]);
});

test("news say what they are, in words and with their place", () => {
  const turn = { kind: "turn" as const, role: "devops-sre" as const };
  expect(tell(turn)).toBe("It is your turn to sign as DevOps/SRE.");
  expect(tellTeam(turn)).toBe("The sign-off waits for DevOps/SRE.");
  expect(tellTeam({ ...turn, kind: "reminder" })).toBe("The sign-off still waits for DevOps/SRE.");
  expect(tell({ ...turn, kind: "escalation" })).toBe("Nobody has signed as DevOps/SRE yet.");
  expect(placeOf(turn, "r")).toBe("/deployments/r/sign-off");
  const rollback = event("rollback.triggered", "lead", { reason: "502s" });
  expect([tell(rollback), placeOf(rollback, "r")]).toEqual(["Ann triggered the rollback.", "/deployments/r"]);
  expect(placeOf(event("evidence.added", "lead", { item: "cdn" }), "r")).toBe("/deployments/r#item-cdn");
  expect(placeOf(event("break-glass.requested"), "r")).toBe("/deployments/r/sign-off#break-glass");
  expect(newsOf(event("item.checked"))).toBeNull();
  expect(ALL_NOTIFICATION_KINDS).toContain(newsOf(rollback));
});
