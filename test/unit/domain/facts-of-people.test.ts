import { expect, test } from "vitest";
import { ALWAYS, AT, factsOf, LATER, type FactCase } from "./facts-of.ts";

const ada = { person: "p1", name: "Ada" };
const bob = { person: "p2", name: "Bob" };
const span = { startsAt: AT, endsAt: LATER };

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

const DELEGATION = { from: "p1", to: "p2", role: "security", team: null, ...span, endCause: null };
const TOKEN = { person: "p1", name: "CI", scopes: ["read"], expiresAt: LATER, revoked: false };
const KEY = { person: "p1", name: "Key", publicKey: "abc" };

/** What a history says of people: their accounts, roles, keys, stand-ins and tokens. */
const CASES: readonly FactCase[] = [
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
    "a calendar address and the digest of its secret, which a newer one replaces",
    [
      { type: "person.calendar-address-made", data: { ...ada, secretDigest: "c" } },
      { type: "person.calendar-address-made", data: { ...ada, secretDigest: "d" } },
    ],
    { "calendar address of p1": { secretDigest: "d" } },
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
    "a token and the digest of its secret",
    [{ type: "token.created", data: { ...token, scopes: ["read"], expiresAt: LATER, secretDigest: "d" } }],
    { "token k1": { ...TOKEN, secretDigest: "d" } },
  ],
  [
    "a revoked token",
    [
      { type: "token.created", data: { ...token, scopes: ["read"], expiresAt: LATER } },
      { type: "token.revoked", data: token },
    ],
    { "token k1": { ...TOKEN, revoked: true } },
  ],
];

test.each(CASES)("%s", (_what, drafts, facts) => {
  expect(factsOf(drafts)).toEqual({ ...ALWAYS, ...facts });
});
