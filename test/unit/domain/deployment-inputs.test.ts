import { expect, test } from "vitest";
import type { z } from "zod";
import { assignItemsInput, setDueInput } from "#lib/domain/inputs/assignments.ts";
import {
  changeDetailsInput,
  openDeploymentInput,
  phaseInput,
  reasonInput,
  reopenPhaseInput,
} from "#lib/domain/inputs/deployments.ts";
import { createFreezeInput, freezeInput, liftFreezeInput } from "#lib/domain/inputs/freezes.ts";
import { DEFAULT_SLO_TARGETS } from "#lib/domain/slo.ts";
import { inputRefusals } from "#test/support/input-refusals.ts";

const ID = "11111111-1111-4111-8111-111111111111";
const FROM = "2026-11-24T10:00:00+02:00";
const TO = "2026-11-25T10:00:00Z";

const OPEN = {
  service: "payments-api",
  version: "2.14.0",
  commit: "3f9c2ab",
  environment: "production",
  deploymentAt: FROM,
  deployedBy: "emil@test.example",
};
const FREEZE = { team: null, environment: null, startsAt: FROM, endsAt: TO, reason: "Christmas" };
const CHOSEN = { deploymentId: ID, items: ["cdn"] };
const LINK = { title: "Log", url: "https://log.example" };
const SLO = DEFAULT_SLO_TARGETS;
const step = (role: string, more: object = {}) => ({ role, ...more });
const many = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);

test("a record is opened with no more than the form's own fields, and the rest is as usual", () => {
  expect(openDeploymentInput.parse(OPEN)).toEqual({
    ...OPEN,
    deploymentAt: "2026-11-24T08:00:00.000Z",
    targets: [],
    signOffPlace: "go-no-go",
    links: [],
    predecessorId: null,
  });
  expect(
    openDeploymentInput.parse({
      ...OPEN,
      service: " payments-api ",
      commit: " 3F9C2AB ",
      deployedBy: " Emil@Test.Example ",
      predecessorId: null,
      approvals: [step("security")],
    }),
  ).toMatchObject({
    service: "payments-api",
    commit: "3f9c2ab",
    deployedBy: "emil@test.example",
    approvals: [{ role: "security", quorum: 1, withPrevious: false }],
  });
});

test.each([
  { team: "Payments", predecessorId: ID, signOffPlace: "close-out", targets: ["kubernetes", "fly-io"] },
  { version: "v2.14.0-rc.1+build_7/arm" },
  { version: "7".repeat(64) },
  { deploymentAt: "2000-01-01T00:00:00.000Z" },
  { deploymentAt: "2199-12-31T23:59:59.999Z" },
  { commit: "a".repeat(40) },
  { links: many(20, LINK) },
  { slo: { ...SLO, apiLatencyP99Ms: SLO.apiLatencyP95Ms } },
  { slo: { ...SLO, errorRatePercent: 0, availabilityPercent: 100, apiLatencyP99Ms: 600_000 } },
  { slo: { ...SLO, rtoMinutes: 43_200, rpoMinutes: 0.5 } },
  { approvals: [step("security"), step("product", { withPrevious: true, quorum: 9 })] },
])("a record is opened with %j", (more) => {
  expect(inputRefusals(openDeploymentInput, { ...OPEN, ...more })).toBeNull();
});

const inSlo = (more: object) => ({ slo: { ...SLO, ...more } });

test.each<[object, Record<string, string>]>([
  [{ service: "" }, { service: "Name the service" }],
  [{ service: "x".repeat(101) }, { service: "At most 100 characters" }],
  [{ team: "" }, { team: "Name the team" }],
  [{ environment: " " }, { environment: "Name the environment" }],
  [{ environment: "x".repeat(65) }, { environment: "At most 64 characters" }],
  [{ environment: "production\u200B" }, { environment: "Contains characters that nobody sees" }],
  [{ service: "payments\u2060-api" }, { service: "Contains characters that nobody sees" }],
  [
    { version: "2.14 beta" },
    { version: "Letters, digits and . + _ / - only, such as 2.14.0 or v2.14.0-rc.1" },
  ],
  [{ version: "" }, { version: "Give the version" }],
  [{ version: "-1" }, { version: "Letters, digits and . + _ / - only, such as 2.14.0 or v2.14.0-rc.1" }],
  [{ version: "1".repeat(65) }, { version: "At most 64 characters" }],
  [{ commit: "3f9c2a" }, { commit: "A commit is 7 to 40 hex digits" }],
  [{ commit: "a".repeat(41) }, { commit: "A commit is 7 to 40 hex digits" }],
  [{ commit: "3f9c2ag" }, { commit: "A commit is 7 to 40 hex digits" }],
  [{ commit: "g3f9c2ab" }, { commit: "A commit is 7 to 40 hex digits" }],
  [{ deploymentAt: "tomorrow" }, { deploymentAt: "Must be a date and time" }],
  [
    { deploymentAt: "2200-01-01T00:00:00.000Z" },
    { deploymentAt: "Must lie between the years 2000 and 2199" },
  ],
  [{ deploymentAt: "2026-11-24T10:00:00" }, { deploymentAt: "Must be a date and time" }],
  [{ deployedBy: " " }, { deployedBy: "Name who deploys it" }],
  [{ deployedBy: "Emil" }, { deployedBy: "Must be the e-mail address of an account" }],
  [{ targets: ["fly-io", "fly-io"] }, { targets: "Each target at most once" }],
  [{ predecessorId: "1" }, { predecessorId: "Not an id" }],
  [{ links: [{ ...LINK, title: "" }] }, { "links.0.title": "Name the link" }],
  [{ links: many(21, LINK) }, { links: "At most 20 links" }],
  [{ approvals: [] }, { approvals: "At least one role approves" }],
  [{ approvals: [step("security"), step("security")] }, { approvals: "Each role at most once" }],
  [
    { approvals: [step("security", { withPrevious: true })] },
    { approvals: "The first step has none before it" },
  ],
  [{ approvals: [step("security", { quorum: 0 })] }, { "approvals.0.quorum": "At least 1" }],
  [{ approvals: [step("security", { quorum: 10 })] }, { "approvals.0.quorum": "At most 9" }],
  [inSlo({ availabilityPercent: 100.1 }), { "slo.availabilityPercent": "At most 100 %" }],
  [inSlo({ errorRatePercent: -1 }), { "slo.errorRatePercent": "At least 0 %" }],
  [inSlo({ errorRatePercent: "0" }), { "slo.errorRatePercent": "Must be a number" }],
  [inSlo({ pageLoadP95Ms: 0 }), { "slo.pageLoadP95Ms": "Must be more than 0" }],
  [inSlo({ pageLoadP95Ms: 600_001 }), { "slo.pageLoadP95Ms": "At most 600,000 ms" }],
  [inSlo({ pageLoadP95Ms: "1" }), { "slo.pageLoadP95Ms": "Must be a number" }],
  [inSlo({ rtoMinutes: 0 }), { "slo.rtoMinutes": "Must be more than 0" }],
  [inSlo({ rtoMinutes: 43_201 }), { "slo.rtoMinutes": "At most 30 days" }],
  [inSlo({ rpoMinutes: "1" }), { "slo.rpoMinutes": "Must be a number" }],
  [inSlo({ apiLatencyP99Ms: 499 }), { "slo.apiLatencyP99Ms": "P99 cannot be below P95" }],
])("opening with %j is refused, beside the field", (more, fields) => {
  expect(inputRefusals(openDeploymentInput, { ...OPEN, ...more })).toEqual(fields);
});

test.each(Object.keys(OPEN))("no record is opened without its %s", (field) => {
  expect(inputRefusals(openDeploymentInput, { ...OPEN, [field]: undefined })).toHaveProperty(field);
});

test("any detail is changed by itself, under the same rules", () => {
  const details = { ...OPEN, links: [LINK], slo: SLO };
  for (const field of [
    "version",
    "commit",
    "environment",
    "deploymentAt",
    "deployedBy",
    "links",
    "slo",
  ] as const) {
    const change = { deploymentId: ID, [field]: details[field] };
    expect(inputRefusals(changeDetailsInput, change), field).toBeNull();
    expect(inputRefusals(changeDetailsInput, { ...change, [field]: null }), field).toHaveProperty(field);
  }
  expect(inputRefusals(changeDetailsInput, { deploymentId: ID, service: "other" })).not.toBeNull();
});

test.each<[string, z.ZodType, object, string, unknown, string]>([
  ["a phase", phaseInput, { phase: "final-checks" }, "phase", "A", "Not a phase key"],
  ["a reopening", reopenPhaseInput, { phase: "final-checks", reason: "x" }, "reason", " ", "Give a reason"],
  ["a cancellation", reasonInput, { reason: "x" }, "reason", "", "Give a reason"],
  ["a lifted freeze", liftFreezeInput, { freezeId: ID, reason: "x" }, "freezeId", "1", "Not an id"],
  ["an owner", assignItemsInput, { items: ["cdn"], ownerId: ID }, "ownerId", "1", "Not an id"],
  ["none", assignItemsInput, { items: ["cdn"], ownerId: null }, "items", [], "Choose at least one item"],
  ["a date", setDueInput, { items: ["cdn"], dueAt: TO }, "dueAt", "soon", "Must be a date and time"],
  ["no date", setDueInput, { items: ["cdn"], dueAt: null }, "items", [], "Choose at least one item"],
])("%s is of one record, and of nothing besides", (_what, schema, input, field, wrong, message) => {
  const whole = { deploymentId: ID, ifRevision: 3, ...input };
  expect(inputRefusals(schema, whole)).toBeNull();
  expect(inputRefusals(schema, { ...whole, deploymentId: "1" })).toEqual({ deploymentId: "Not an id" });
  expect(inputRefusals(schema, { ...whole, more: 1 })).not.toBeNull();
  expect(inputRefusals(schema, { ...whole, [field]: wrong })).toEqual({ [field]: message });
  expect(inputRefusals(schema, { ...whole, [field]: undefined })).toHaveProperty(field);
});

test("up to two hundred items get an owner or a date at once", () => {
  for (const [schema, more] of [
    [assignItemsInput, { ownerId: null }],
    [setDueInput, { dueAt: null }],
  ] as const) {
    expect(inputRefusals(schema, { ...CHOSEN, ...more, items: many(200, "cdn") })).toBeNull();
    expect(inputRefusals(schema, { ...CHOSEN, ...more, items: many(201, "cdn") })).toHaveProperty("items");
  }
});

test("a freeze is of one team or all, of one environment or all, and ends after it begins", () => {
  expect(createFreezeInput.parse(FREEZE)).toEqual({
    ...FREEZE,
    startsAt: "2026-11-24T08:00:00.000Z",
    endsAt: "2026-11-25T10:00:00.000Z",
  });
  expect(
    inputRefusals(createFreezeInput, { ...FREEZE, team: "Payments", environment: "staging" }),
  ).toBeNull();
  for (const field of Object.keys(FREEZE))
    expect(inputRefusals(createFreezeInput, { ...FREEZE, [field]: undefined })).toHaveProperty(field);
});

test.each<[object, Record<string, string>]>([
  [{ team: "" }, { team: "Name the team" }],
  [{ team: "x".repeat(101) }, { team: "At most 100 characters" }],
  [{ environment: "" }, { environment: "Name the environment" }],
  [{ environment: "x".repeat(65) }, { environment: "At most 64 characters" }],
  [{ environment: "pro\u00ADduction" }, { environment: "Contains characters that nobody sees" }],
  [{ reason: "" }, { reason: "Say why" }],
  [{ reason: "x".repeat(201) }, { reason: "At most 200 characters" }],
  [{ endsAt: FROM }, { endsAt: "The end comes before the beginning" }],
  [{ more: 1 }, { "": expect.anything() }],
])("a freeze with %j is refused, beside the field", (more, fields) => {
  expect(inputRefusals(createFreezeInput, { ...FREEZE, ...more })).toEqual(fields);
});

test("a freeze is ended by its id alone", () => {
  expect(inputRefusals(freezeInput, { freezeId: ID })).toBeNull();
  expect(inputRefusals(freezeInput, { freezeId: "1" })).toEqual({ freezeId: "Not an id" });
  expect(inputRefusals(freezeInput, { freezeId: ID, more: 1 })).not.toBeNull();
});
