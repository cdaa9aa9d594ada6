import { expect, test } from "vitest";
import type { InstallationEventDraft } from "#lib/domain/installation-events.ts";
import { predicateOf, remarkOf } from "#lib/domain/sentences.ts";

const ada = { person: "a", name: "Ada" };
const team = { team: "t", name: "Payments" };
const role = { role: "devops-sre" as const, team: "t", teamName: "Payments" };
const everywhere = { ...role, team: null, teamName: null };
const passkey = { passkey: "k", passkeyName: "Blue key" };
const token = { token: "k", tokenName: "ci" };
const reason = "Because.";
const delegation = {
  ...role,
  delegation: "d",
  from: ada,
  to: { person: "b", name: "Bela" },
  startsAt: "2026-03-01T00:00:00.000Z",
  endsAt: "2026-03-31T23:59:00.000Z",
};
const freeze = {
  freeze: "f",
  team: "t",
  teamName: "Payments",
  environment: "production",
  startsAt: "2026-12-24T00:00:00.000Z",
  endsAt: "2026-12-27T08:00:00.000Z",
  reason: "Christmas",
};
const webhook = {
  ...team,
  webhook: "w",
  webhookName: "Ops",
  kind: "slack" as const,
  host: "hooks.example",
  news: [],
};
const stone = {
  deployment: "d",
  service: "payments-api",
  version: "1.0.0",
  endedAt: "2026-03-01T00:00:00.000Z",
  events: 40,
  headHash: "",
  shells: "",
  retentionDays: 365,
  policy: "by-the-clock" as const,
};
const changed = { service: "s", name: "payments-api" };

/** An event, the sentence that tells it, and the remark that stands below it, where there is one. */
const TOLD: readonly (readonly [InstallationEventDraft, string, string?])[] = [
  [{ type: "person.created", data: { ...ada, email: "ada@example.com" } }, "added Ada (ada@example.com)"],
  [{ type: "person.disabled", data: ada }, "closed the account of Ada"],
  [{ type: "person.enabled", data: ada }, "opened the account of Ada again"],
  [{ type: "person.password-changed", data: ada }, "set a new password for Ada"],
  [{ type: "person.passkey-added", data: { ...ada, ...passkey } }, "added the passkey “Blue key” of Ada"],
  [{ type: "person.passkey-removed", data: { ...ada, ...passkey } }, "removed the passkey “Blue key” of Ada"],
  [{ type: "person.totp-added", data: ada }, "set up one-time codes for Ada"],
  [{ type: "person.totp-removed", data: ada }, "removed the one-time codes of Ada"],
  [{ type: "person.recovery-codes-made", data: ada }, "made new recovery codes for Ada"],
  [{ type: "person.calendar-address-made", data: ada }, "made a calendar address for Ada"],
  [{ type: "person.calendar-address-revoked", data: ada }, "revoked the calendar address of Ada"],
  [
    { type: "person.recovery-link-made", data: { ...ada, dropsFactors: false, expiresAt: "" } },
    "made a link for Ada to recover the account",
  ],
  [
    { type: "person.recovery-link-made", data: { ...ada, dropsFactors: true, expiresAt: "" } },
    "made a link for Ada to recover the account, which takes second factors away",
  ],
  [
    { type: "person.recovered", data: { ...ada, factorsDropped: false } },
    "recovered the account of Ada with a link",
  ],
  [
    { type: "person.recovered", data: { ...ada, factorsDropped: true } },
    "recovered the account of Ada with a link; its second factors are gone",
  ],
  [{ type: "role.granted", data: { ...ada, ...role } }, "gave Ada the role DevOps/SRE in Payments"],
  [{ type: "role.granted", data: { ...ada, ...everywhere } }, "gave Ada the role DevOps/SRE in all teams"],
  [{ type: "role.revoked", data: { ...ada, ...role } }, "took the role DevOps/SRE in Payments from Ada"],
  [
    { type: "delegation.created", data: delegation },
    "named Bela as stand-in for Ada, DevOps/SRE in Payments, 2026-03-01 to 2026-03-31",
  ],
  [
    { type: "delegation.revoked", data: { ...delegation, ...everywhere, cause: "withdrawn" } },
    "ended the delegation of Ada to Bela, DevOps/SRE in all teams, 2026-03-01 to 2026-03-31",
  ],
  [
    { type: "delegation.revoked", data: { ...delegation, cause: "role-lost" } },
    "ended the delegation of Ada to Bela, DevOps/SRE in Payments, 2026-03-01 to 2026-03-31",
    "The approver no longer holds the role.",
  ],
  [
    { type: "delegation.revoked", data: { ...delegation, cause: "account-closed" } },
    "ended the delegation of Ada to Bela, DevOps/SRE in Payments, 2026-03-01 to 2026-03-31",
    "The account was closed.",
  ],
  [
    { type: "token.created", data: { ...ada, ...token, scopes: ["read", "write"], expiresAt: "" } },
    "made the API token “ci” (read, write) of Ada",
  ],
  [{ type: "token.revoked", data: { ...ada, ...token } }, "revoked the API token “ci” of Ada"],
  [
    {
      type: "service.checks-changed",
      data: {
        ...changed,
        from: {
          tls: { hosts: [{ host: "a.example", port: 443 }] },
          headers: { url: "https://a.example" },
        },
        to: {
          tls: { hosts: [{ host: "b.example", port: 443 }] },
          headers: { url: "https://a.example" },
          github: { repository: "a/b", environment: "production" },
        },
      },
    },
    "changed the live checks of payments-api: TLS certificates, GitHub",
  ],
  [
    {
      type: "service.checks-changed",
      data: {
        ...changed,
        from: {},
        to: {
          github: { repository: "a/b", environment: "production" },
          "status-page": { url: "https://status.example" },
          cors: { url: "https://a.example", allowedOrigins: [] },
          headers: { url: "https://a.example" },
          alertmanager: { url: "https://a.example", matchers: [] },
          prometheus: { url: "https://a.example", jobs: [], queries: {} },
          http: { urls: ["https://a.example"] },
          dns: { records: [{ name: "a.example", type: "A", expected: ["192.0.2.1"] }], resolvers: [] },
        },
      },
    },
    "changed the live checks of payments-api: DNS records, Health endpoints, Prometheus, Alertmanager, " +
      "Security headers, CORS policy, Status page, GitHub",
  ],
  [
    {
      type: "service.repository-freed",
      data: { ...changed, repository: "a/b", environment: "production", reason },
    },
    "took the repository a/b, environment production, from payments-api",
    reason,
  ],
  [
    { type: "freeze.created", data: freeze },
    "froze production of Payments, 24 Dec 2026, 00:00 UTC to 27 Dec 2026, 08:00 UTC",
    "Christmas",
  ],
  [
    { type: "freeze.ended", data: { ...freeze, environment: null, team: null, teamName: null } },
    "ended the freeze of every environment of every team, 24 Dec 2026, 00:00 UTC to 27 Dec 2026, 08:00 UTC",
  ],
  [
    { type: "retention.changed", data: { from: null, to: 365 } },
    "changed the retention span from ‘keep everything’ to 365 days",
  ],
  [
    { type: "retention.content-removed", data: stone },
    "removed the content of payments-api 1.0.0: 40 events, of which the hashes stay",
  ],
  [{ type: "team.created", data: team }, "added the team Payments"],
  [
    { type: "team.time-zone-changed", data: { ...team, from: "UTC", to: "Pacific/Chatham" } },
    "changed the time zone of Payments from UTC to Pacific/Chatham",
  ],
  [
    { type: "team.second-factor-changed", data: { ...team, required: true } },
    "asks for a second factor at every signature for Payments",
  ],
  [
    { type: "team.second-factor-changed", data: { ...team, required: false } },
    "asks for no second factor at signatures for Payments any more",
  ],
  [
    { type: "team.reminders-changed", data: { ...team, remindAfterHours: 4, escalateAfterHours: null } },
    "changed when Payments is reminded of signatures: after 4 h, its leads never",
  ],
  [{ type: "team.webhook-added", data: webhook }, "added the webhook “Ops” (hooks.example) of Payments"],
  [{ type: "team.webhook-changed", data: webhook }, "changed the webhook “Ops” (hooks.example) of Payments"],
  [{ type: "team.webhook-removed", data: webhook }, "removed the webhook “Ops” (hooks.example) of Payments"],
  [
    {
      type: "team.duties-changed",
      data: { ...team, openerMaySign: true, deployerMaySign: false, mayHoldSeveralRoles: false },
    },
    "changed the separation of duties of Payments",
  ],
];

test.for(TOLD)("$0.type: $1", ([draft, sentence, remark = null]) => {
  const actor = { kind: "person" as const, id: "l", name: "Lena" };
  const event = { ...draft, actor, at: "2026-03-01T09:00:00.000Z", seq: 2, stream: "s", prev: null };
  expect(predicateOf(event)).toBe(sentence);
  expect(remarkOf(event)).toBe(remark);
});
