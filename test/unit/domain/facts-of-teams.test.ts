import { expect, test } from "vitest";
import type { InstallationEventDraft } from "#lib/domain/installation-events.ts";
import { ALWAYS, AT, factsOf, LATER, type FactCase } from "./facts-of.ts";

const pay = { team: "t1", name: "Payments" };
const span = { startsAt: AT, endsAt: LATER };
const window = {
  freeze: "f1",
  team: null,
  teamName: null,
  environment: "production",
  ...span,
  reason: "Rest",
};
const hook = {
  ...pay,
  webhook: "w1",
  webhookName: "Chat",
  kind: "slack",
  host: "x.example",
  news: ["turn", "check"],
} as const;
const http = { urls: ["https://x.example/"] };
const github = { repository: "acme/pay", environment: "production" };
const checks = (to: object) =>
  ({ type: "service.checks-changed", data: { service: "s1", name: "pay", from: {}, to } }) as const;

const TEAM = {
  name: "Payments",
  openerMaySign: false,
  deployerMaySign: false,
  mayHoldSeveralRoles: false,
  secondFactorRequired: false,
  timeZone: "UTC",
  remindAfterHours: 4,
  escalateAfterHours: 24,
};
const FREEZE = {
  team: null,
  environment: "production",
  ...span,
  reason: "Rest",
  createdAt: AT,
  createdBy: { id: "lead", name: "Lea" },
  endedAt: null,
  endedBy: null,
};
const WEBHOOK = {
  team: "t1",
  name: "Chat",
  kind: "slack",
  host: "x.example",
  news: ["check", "turn"],
  removed: false,
};
// Each call names a type with the data that belongs to it.
const teamChange = (type: string, data: object) =>
  ({ type, data: { ...pay, ...data } }) as InstallationEventDraft;

/** What a history says of teams: their rules, services, freezes and webhooks. */
const CASES: readonly FactCase[] = [
  ["a freeze", [{ type: "freeze.created", data: window }], { "freeze f1": FREEZE }],
  [
    "an ended freeze",
    [
      { type: "freeze.created", data: window },
      { type: "freeze.ended", data: window },
    ],
    { "freeze f1": { ...FREEZE, endedAt: AT, endedBy: { id: "lead", name: "Lea" } } },
  ],
  [
    "a service's checks",
    [checks({ http, github })],
    { "checks of service s1": { checks: { http, github } } },
  ],
  ["a service without checks again", [checks({ http }), checks({})], {}],
  [
    "a freed repository",
    [
      checks({ http, github }),
      {
        type: "service.repository-freed",
        data: { service: "s1", name: "pay", ...github, reason: "It moved" },
      },
    ],
    { "checks of service s1": { checks: { http } } },
  ],
  [
    "a freed repository that was all",
    [
      checks({ github }),
      {
        type: "service.repository-freed",
        data: { service: "s1", name: "pay", ...github, reason: "It moved" },
      },
    ],
    {},
  ],
  [
    "a span of retention",
    [{ type: "retention.changed", data: { from: null, to: 400 } }],
    { "the retention span": { days: 400 } },
  ],
  ["a team", [{ type: "team.created", data: pay }], { "team t1": TEAM }],
  [
    "a team's rules",
    [
      { type: "team.created", data: pay },
      teamChange("team.duties-changed", {
        openerMaySign: true,
        deployerMaySign: true,
        mayHoldSeveralRoles: true,
      }),
      teamChange("team.second-factor-changed", { required: true }),
      teamChange("team.time-zone-changed", { from: "UTC", to: "Europe/Vienna" }),
      teamChange("team.reminders-changed", { remindAfterHours: null, escalateAfterHours: 8 }),
    ],
    {
      "team t1": {
        name: "Payments",
        openerMaySign: true,
        deployerMaySign: true,
        mayHoldSeveralRoles: true,
        secondFactorRequired: true,
        timeZone: "Europe/Vienna",
        remindAfterHours: null,
        escalateAfterHours: 8,
      },
    },
  ],
  ["a webhook", [{ type: "team.webhook-added", data: hook }], { "webhook w1": WEBHOOK }],
  [
    "a changed webhook",
    [
      { type: "team.webhook-added", data: hook },
      { type: "team.webhook-changed", data: { ...hook, host: "y.example" } },
    ],
    { "webhook w1": { ...WEBHOOK, host: "y.example" } },
  ],
  [
    "a removed webhook",
    [
      { type: "team.webhook-added", data: hook },
      { type: "team.webhook-removed", data: hook },
    ],
    { "webhook w1": { ...WEBHOOK, removed: true } },
  ],
];

test.each(CASES)("%s", (_what, drafts, facts) => {
  expect(factsOf(drafts)).toEqual({ ...ALWAYS, ...facts });
});
