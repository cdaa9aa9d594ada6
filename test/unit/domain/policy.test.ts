import { describe, expect, test } from "vitest";
import { SYSTEM_ID, toEventActor, type Actor } from "#lib/domain/actor.ts";
import {
  actsAsAuditor,
  holdsRole,
  may,
  mayEverywhere,
  maySomewhere,
  seesAsAuditor,
  teamsWhere,
} from "#lib/domain/policy.ts";
import { challengeText, isTwoFactors, PROOF_TITLES, PROOFS } from "#lib/domain/proof.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { ROLE_TITLES, ROLES, type Role } from "#lib/domain/roles.ts";
import { DAY, formatAge, formatWithin, HOUR, laterBy, MINUTE } from "#lib/domain/time.ts";
import { TOKEN_SCOPE_TITLES, type TokenScope } from "#lib/domain/token-scopes.ts";
import { visitBegins } from "#lib/domain/visit.ts";
import { START } from "#test/support/records.ts";

const holder = (...grants: readonly { role: Role; teamId: string | null }[]): Actor => ({
  kind: "person",
  id: "somebody",
  name: "Somebody",
  grants,
});
const token = (...scopes: readonly TokenScope[]): Actor => ({
  kind: "token",
  id: "somebody",
  name: "Somebody by CI",
  token: { id: "token", name: "CI", scopes },
  grants: [{ role: "team-lead", teamId: "a" }],
});

describe("a role counts on its team's records, and on all when it is held for all", () => {
  const ofA = holder({ role: "engineer", teamId: "a" }, { role: "auditor", teamId: "b" });
  const ofAll = holder({ role: "engineer", teamId: null });

  test.each([
    [ofA, "a", true],
    [ofA, "b", false],
    [ofA, "c", false],
    [ofAll, "c", true],
    [holder(), "a", false],
  ])("%#: settles items of %s: %s", (actor, team, expected) => {
    expect(may(actor, "item.settle", team)).toBe(expected);
  });

  test("somewhere, everywhere, and where", () => {
    const two = holder({ role: "engineer", teamId: "a" }, { role: "team-lead", teamId: "b" });
    expect([ofA, ofAll, holder()].map((actor) => maySomewhere(actor, "item.settle"))).toEqual([
      true,
      true,
      false,
    ]);
    expect([ofA, ofAll, holder()].map((actor) => mayEverywhere(actor, "item.settle"))).toEqual([
      false,
      true,
      false,
    ]);
    const mixed = holder({ role: "engineer", teamId: "a" }, { role: "engineer", teamId: null });
    expect(mayEverywhere(mixed, "item.settle")).toBe(true);
    expect([ofA, two, ofAll, mixed, holder()].map((actor) => teamsWhere(actor, "item.settle"))).toEqual([
      ["a"],
      ["a", "b"],
      null,
      null,
      [],
    ]);
  });

  test("a particular approver role is held for the team", () => {
    const sre = holder({ role: "devops-sre", teamId: "a" }, { role: "security", teamId: null });
    expect(holdsRole(sre, "devops-sre", "a")).toBe(true);
    expect(holdsRole(sre, "devops-sre", "b")).toBe(false);
    expect(holdsRole(sre, "security", "b")).toBe(true);
    expect(holdsRole(sre, "product", "a")).toBe(false);
  });

  test("a token has its person's roles for what its scopes say", () => {
    expect(may(token("read"), "deployment.view", "a")).toBe(true);
    expect(may(token("read"), "item.settle", "a")).toBe(false);
    expect(may(token("evidence", "write"), "item.settle", "a")).toBe(true);
    expect(may(token("write"), "item.settle", "b")).toBe(false);
    expect(may(token("read", "evidence", "write"), "phase.reopen", "a")).toBe(false);
    expect(maySomewhere(token("read"), "evidence.add")).toBe(false);
  });
});

test("an event keeps who acted, with their token and without the roles of the day", () => {
  expect(toEventActor(token("read"))).toEqual({
    kind: "token",
    id: "somebody",
    name: "Somebody by CI",
    token: { id: "token", name: "CI" },
  });
  const system: Actor = { kind: "system", id: SYSTEM_ID, name: "Checks", grants: [] };
  expect(toEventActor(system)).toEqual({
    kind: "system",
    id: "00000000-0000-4000-8000-000000000001",
    name: "Checks",
  });
});

test("the names by which people know roles, proofs and scopes", () => {
  expect(ROLES.map((role) => ROLE_TITLES[role])).toEqual([
    "Admin",
    "Team lead",
    "Engineer",
    "Engineering Lead",
    "DevOps/SRE",
    "Security",
    "Product",
    "Auditor",
  ]);
  expect(PROOFS.map((proof) => [PROOF_TITLES[proof], isTwoFactors(proof)])).toEqual([
    ["password", false],
    ["password and one-time code", true],
    ["password and recovery code", true],
    ["passkey", true],
  ]);
  expect(TOKEN_SCOPE_TITLES).toMatchSnapshot();
});

test("a passkey signs for whom, for what, and once", () => {
  const purpose = { kind: "step-up", session: "s" } as const;
  expect(challengeText("person", "nonce", purpose)).toEqual({
    format: "countersign.challenge.v1",
    person: "person",
    nonce: "nonce",
    purpose,
  });
});

test("a refusal has its code, and no blockers and fields unless there are any", () => {
  const plain = new Rejection("conflict", "Again.");
  expect([plain.name, plain.code, plain.message, plain.blockers, plain.fields]).toEqual([
    "Rejection",
    "conflict",
    "Again.",
    [],
    {},
  ]);
  const blockers = [{ code: "item-open" as const, message: "Open." }];
  const full = new Rejection("gate-closed", "Closed.", { blockers, fields: { a: "b" } });
  expect([full.blockers, full.fields]).toEqual([blockers, { a: "b" }]);
});

test.each([
  [-1, "0 min"],
  [59 * MINUTE + 59_999, "59 min"],
  [HOUR, "1 h"],
  [72 * MINUTE, "1 h 12 min"],
  [DAY - 1, "23 h 59 min"],
  [DAY, "1 d"],
  [76 * HOUR, "3 d 4 h"],
])("a span of %i ms is %s", (milliseconds, expected) => {
  expect(formatAge(milliseconds)).toBe(expected);
});

test("what took seconds took a minute at most, and what took none took none", () => {
  expect([0, 1, MINUTE - 1, MINUTE, 2 * HOUR].map(formatWithin)).toEqual([
    "0 min",
    "1 min",
    "1 min",
    "1 min",
    "2 h",
  ]);
});

test("a visit lasts while somebody comes back within half an hour", () => {
  expect(visitBegins(laterBy(START, 30 * MINUTE))).toBe(START);
});

describe("an auditor's reading leaves a line where it is by that role alone", () => {
  const ofA = { role: "auditor", teamId: "a" } as const;
  const ofAll = { role: "auditor", teamId: null } as const;

  test.each([
    [holder(ofA), true],
    [holder(ofAll), true],
    [holder(ofAll, { role: "engineer", teamId: "b" }), true],
    [holder(ofA, { role: "engineer", teamId: "a" }), false],
    [holder(ofA, { role: "admin", teamId: null }), false],
    [holder({ role: "auditor", teamId: "b" }), false],
    [holder({ role: "engineer", teamId: "a" }), false],
    [holder(), false],
  ])("%#: of a team's record: %s", (actor, expected) => {
    expect(seesAsAuditor(actor, "a")).toBe(expected);
  });

  test.each([
    [holder(ofA), true],
    [holder(ofA, { role: "engineer", teamId: "a" }), true],
    [holder(ofA, { role: "team-lead", teamId: "b" }), true],
    [holder(ofAll, { role: "team-lead", teamId: "b" }), true],
    [holder(ofA, { role: "team-lead", teamId: "a" }), false],
    [holder(ofAll, { role: "admin", teamId: null }), false],
    [holder({ role: "admin", teamId: null }), false],
    [holder({ role: "engineer", teamId: "a" }), false],
    [holder(), false],
  ])("%#: of the history: %s", (actor, expected) => {
    expect(actsAsAuditor(actor, "history.search")).toBe(expected);
  });
});
