import { describe, expect, test } from "vitest";
import type { InstallationEventDraft } from "#lib/domain/installation-events.ts";
import { installationFacts, type Fact, type InstallationEvent } from "#lib/domain/installation-facts.ts";

const AT = "2026-11-26T10:00:00.000Z";
const LATER = "2026-11-27T10:00:00.000Z";
const lead = { kind: "person" as const, id: "lead", name: "Lea" };

function factsOf(...drafts: readonly InstallationEventDraft[]): Readonly<Record<string, Fact>> {
  const events = drafts.map((draft): InstallationEvent => ({ ...draft, at: AT, actor: lead }));
  return Object.fromEntries(installationFacts(events));
}

const ada = { person: "p1", name: "Ada" };
const bob = { person: "p2", name: "Bob" };
const pay = { team: "t1", name: "Payments" };
const span = { startsAt: AT, endsAt: LATER };
const nothing = { "the retention span": { days: null } };

const created = { type: "person.created", data: { ...ada, email: "ada@test.example" } } as const;
const security = { role: "security", team: "t1", teamName: "Payments" } as const;
const everywhere = { role: "security", team: null, teamName: null } as const;
const passkey = (id: string, of = ada) =>
  ({
    type: "person.passkey-added",
    data: { ...of, passkey: id, passkeyName: "Key", publicKey: "abc" },
  }) as const;
const mandate = {
  delegation: "d1",
  from: ada,
  to: bob,
  role: "security",
  team: null,
  teamName: null,
  ...span,
} as const;
const token = { ...ada, token: "k1", tokenName: "CI" };
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
const DELEGATION = { from: "p1", to: "p2", role: "security", team: null, ...span, endCause: null };
const TOKEN = { person: "p1", name: "CI", scopes: ["read"], expiresAt: LATER, revoked: false };
const FREEZE = {
  team: null,
  environment: "production",
  ...span,
  reason: "Rest",
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
const KEY = { person: "p1", name: "Key", publicKey: "abc" };
// Each call names a type with the data that belongs to it.
const teamChange = (type: string, data: object) =>
  ({ type, data: { ...pay, ...data } }) as InstallationEventDraft;

describe("what a history says stands", () => {
  const CASES: readonly (readonly [
    string,
    readonly InstallationEventDraft[],
    Readonly<Record<string, Fact>>,
  ])[] = [
    ["nothing", [], {}],
    ["a person", [created], { "person p1": { name: "Ada", email: "ada@test.example", closed: false } }],
    [
      "a closed account",
      [created, { type: "person.disabled", data: ada }],
      { "person p1": { name: "Ada", email: "ada@test.example", closed: true } },
    ],
    [
      "an account opened again",
      [created, { type: "person.disabled", data: ada }, { type: "person.enabled", data: ada }],
      { "person p1": { name: "Ada", email: "ada@test.example", closed: false } },
    ],
    [
      "what leaves nothing",
      [
        { type: "person.password-changed", data: ada },
        { type: "person.recovery-codes-made", data: ada },
        { type: "person.recovery-link-made", data: { ...ada, dropsFactors: true, expiresAt: LATER } },
      ],
      {},
    ],
    [
      "roles, for a team and for all",
      [
        { type: "role.granted", data: { ...ada, ...security } },
        { type: "role.granted", data: { ...ada, ...everywhere } },
      ],
      { "role security of p1 for t1": {}, "role security of p1 for all teams": {} },
    ],
    [
      "a role taken away",
      [
        { type: "role.granted", data: { ...ada, ...security } },
        { type: "role.granted", data: { ...ada, ...everywhere } },
        { type: "role.revoked", data: { ...ada, ...everywhere } },
      ],
      { "role security of p1 for t1": {} },
    ],
    [
      "a passkey",
      [
        passkey("y1"),
        passkey("y2"),
        { type: "person.passkey-removed", data: { ...ada, passkey: "y2", passkeyName: "Key" } },
      ],
      { "passkey y1": KEY },
    ],
    [
      "a passkey whose key was not told yet",
      [{ type: "person.passkey-added", data: { ...ada, passkey: "y1", passkeyName: "Key" } }],
      { "passkey y1": { person: "p1", name: "Key" } },
    ],
    ["one-time codes", [{ type: "person.totp-added", data: ada }], { "one-time codes of p1": {} }],
    [
      "no one-time codes",
      [
        { type: "person.totp-added", data: ada },
        { type: "person.totp-removed", data: ada },
      ],
      {},
    ],
    [
      "a calendar address",
      [{ type: "person.calendar-address-made", data: ada }],
      { "calendar address of p1": {} },
    ],
    [
      "no calendar address",
      [
        { type: "person.calendar-address-made", data: ada },
        { type: "person.calendar-address-revoked", data: ada },
      ],
      {},
    ],
    [
      "an account recovered without its factors",
      [
        passkey("y1"),
        passkey("y2", bob),
        { type: "person.totp-added", data: ada },
        { type: "person.recovered", data: { ...ada, factorsDropped: true } },
      ],
      { "passkey y2": { ...KEY, person: "p2" } },
    ],
    [
      "an account recovered with them",
      [
        passkey("y1"),
        { type: "person.totp-added", data: ada },
        { type: "person.recovered", data: { ...ada, factorsDropped: false } },
      ],
      { "passkey y1": KEY, "one-time codes of p1": {} },
    ],
    ["a stand-in", [{ type: "delegation.created", data: mandate }], { "delegation d1": DELEGATION }],
    [
      "a stand-in no longer",
      [
        { type: "delegation.created", data: mandate },
        { type: "delegation.revoked", data: { ...mandate, cause: "withdrawn" } },
      ],
      { "delegation d1": { ...DELEGATION, endCause: "withdrawn" } },
    ],
    [
      "a token",
      [{ type: "token.created", data: { ...token, scopes: ["read"], expiresAt: LATER } }],
      { "token k1": TOKEN },
    ],
    [
      "a revoked token",
      [
        { type: "token.created", data: { ...token, scopes: ["read"], expiresAt: LATER } },
        { type: "token.revoked", data: token },
      ],
      { "token k1": { ...TOKEN, revoked: true } },
    ],
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

  test.each(CASES)("%s", (_what, events, facts) => {
    expect(factsOf(...events)).toEqual({ ...nothing, ...facts });
  });
});
