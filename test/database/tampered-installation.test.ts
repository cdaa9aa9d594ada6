import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { now } from "#lib/clock.ts";
import { DAY, laterBy } from "#lib/domain/time.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { makeCalendarAddress } from "#lib/services/calendar-address.ts";
import { createDelegation } from "#lib/services/delegations.ts";
import { createFreeze, endFreeze } from "#lib/services/freezes.ts";
import { disablePerson } from "#lib/services/people.ts";
import { setRetention } from "#lib/services/retention.ts";
import { revokeRole } from "#lib/services/roles.ts";
import { configureChecks, freeRepository } from "#lib/services/service-checks.ts";
import { createToken, revokeToken } from "#lib/services/tokens.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { addWebhook, removeWebhook } from "#lib/services/webhooks.ts";
import { hashToken } from "#lib/hash-token.ts";
import { prisma } from "#lib/db/prisma.ts";
import { urlFor } from "#test/support/database.ts";
import { inSession, load, makePerson, makeTeam, openRecord, type Team } from "#test/support/factories.ts";
import { withPasskey, withTotp, type Signed } from "./identity-cast.ts";

let team: Team;
let admin: Signed;
let superuser: Client;

beforeAll(async () => {
  team = await makeTeam();
  admin = await inSession(await makePerson("admin", null));
  superuser = new Client({ connectionString: urlFor("superuser") });
  await superuser.connect();
  // As whoever owns the machine: no trigger and no foreign key stands in the way.
  await superuser.query("SET session_replication_role = replica");
  await makeThings();
});

afterAll(async () => superuser.end());

// One of everything that the installation's history tells of, some of it ended.
async function makeThings(): Promise<void> {
  const span = { startsAt: now(), endsAt: laterBy(now(), DAY) };
  const former = await makePerson("engineer", team.id);
  await revokeRole(admin, { personId: former.id, role: "engineer", teamId: team.id });
  await disablePerson(admin, { personId: former.id });
  const product = await inSession(team.product);
  await createDelegation(product, {
    role: "product",
    teamId: team.id,
    toId: team.engineer2.id,
    ...span,
  });
  const engineer = await inSession(team.engineer);
  for (const name of ["CI", "old CI"])
    await createToken(engineer, { name, scopes: ["read", "write"], days: 9 });
  const old = await prisma().apiToken.findFirstOrThrow({ where: { name: "old CI" } });
  await revokeToken(engineer, { tokenId: old.id });
  const window = { team: team.name, environment: null, ...span, reason: "Holidays" };
  await endFreeze(admin, { freezeId: await createFreeze(admin, window) });
  await createFreeze(admin, window);
  await setRetention(admin, { days: 400 });
  const lead = await inSession(team.lead);
  const hook = {
    teamId: team.id,
    url: "https://hooks.example.com/1",
    news: ["turn" as const, "check" as const],
  };
  await addWebhook(lead, { ...hook, name: "Gone", kind: "slack" });
  const gone = await prisma().teamWebhook.findFirstOrThrow({ where: { name: "Gone" } });
  await removeWebhook(lead, { webhookId: gone.id });
  await addWebhook(lead, { ...hook, name: "Chat", kind: "signed" });
  const { service } = await load(await openRecord(team));
  const http = { urls: ["https://pay.example.com/health"] };
  const github = { repository: "acme/pay", environment: "production" };
  await configureChecks(team.lead, { serviceId: service.id, checks: { http, github } });
  await freeRepository(admin, { serviceId: service.id, reason: "It moved" });
  await withPasskey(team.security);
  await withTotp(team.sre);
  await makeCalendarAddress(product);
}

const flaws = async () => (await verifyHistory()).flaws;

test("what nobody touched is whole", async () => {
  expect(await flaws()).toEqual([]);
});

describe("whoever holds the database is found out who", () => {
  const uuid = `'${randomUUID()}'`;
  const HASH = `'${hashToken("csgn_of_somebody_else")}'`;
  /** What is done, to which table, by which statement. */
  const EDITS: readonly (readonly [what: string, table: string, statement: string])[] = [
    [
      "gives somebody a role",
      "role_grants",
      `INSERT INTO role_grants SELECT ${uuid}, u.id, 'admin', NULL, now() FROM users u WHERE u.name LIKE 'engineer%' LIMIT 1`,
    ],
    ["takes a role", "role_grants", "DELETE FROM role_grants WHERE role = 'security'"],
    [
      "widens a role to all teams",
      "role_grants",
      "UPDATE role_grants SET team_id = NULL WHERE role = 'product'",
    ],
    [
      "makes a person",
      "users",
      `INSERT INTO users (id, email, name, created_at) VALUES (${uuid}, 'x@test.example', 'X', now())`,
    ],
    ["renames a person", "users", "UPDATE users SET name = 'Somebody else' WHERE name LIKE 'security%'"],
    [
      "takes over an e-mail address",
      "users",
      "UPDATE users SET email = 'evil@test.example' WHERE name LIKE 'security%'",
    ],
    ["opens a closed account", "users", "UPDATE users SET disabled_at = NULL"],
    ["relaxes a team's duties", "teams", "UPDATE teams SET opener_may_sign = true"],
    [
      "lets a team sign without a second factor",
      "teams",
      "UPDATE teams SET second_factor_required = NOT second_factor_required",
    ],
    ["moves a team's clock", "teams", "UPDATE teams SET time_zone = 'Asia/Tokyo'"],
    ["silences a team's reminders", "teams", "UPDATE teams SET remind_after_hours = NULL"],
    ["makes a stand-in last", "delegations", "UPDATE delegations SET ends_at = ends_at + interval '1 day'"],
    [
      "makes another the stand-in",
      "delegations",
      "UPDATE delegations SET to_id = (SELECT id FROM users WHERE name LIKE 'auditor%' LIMIT 1)",
    ],
    ["revives a token", "api_tokens", "UPDATE api_tokens SET revoked_at = NULL"],
    ["makes a token last", "api_tokens", "UPDATE api_tokens SET expires_at = expires_at + interval '1 year'"],
    ["widens a token", "api_tokens", "UPDATE api_tokens SET scopes = '{read,evidence,write}'"],
    [
      "gives a token another secret",
      "api_tokens",
      `UPDATE api_tokens SET token_hash = ${HASH} WHERE name = 'CI'`,
    ],
    [
      "ends a freeze",
      "freeze_windows",
      "UPDATE freeze_windows SET ended_at = now(), ended_by_id = created_by_id, ended_by_name = created_by_name WHERE ended_at IS NULL",
    ],
    [
      "shortens a freeze",
      "freeze_windows",
      "UPDATE freeze_windows SET ends_at = ends_at - interval '1 hour' WHERE ended_at IS NULL",
    ],
    [
      "lets a freeze be made later",
      "freeze_windows",
      "UPDATE freeze_windows SET created_at = created_at + interval '1 hour' WHERE ended_at IS NULL",
    ],
    ["takes a freeze away", "freeze_windows", "DELETE FROM freeze_windows WHERE ended_at IS NULL"],
    [
      "says that another made it",
      "freeze_windows",
      "UPDATE freeze_windows SET created_by_name = 'Nobody' WHERE ended_at IS NULL",
    ],
    ["changes why", "freeze_windows", "UPDATE freeze_windows SET reason = 'Just so' WHERE ended_at IS NULL"],
    ["shortens the span of retention", "installations", "UPDATE installations SET retention_days = 31"],
    ["revives a webhook", "team_webhooks", "UPDATE team_webhooks SET removed_at = NULL"],
    ["shows another host", "team_webhooks", "UPDATE team_webhooks SET host = 'evil.example.com'"],
    ["tells a webhook less", "team_webhooks", "UPDATE team_webhooks SET news = '{turn}'"],
    [
      "sends checks elsewhere",
      "services",
      `UPDATE services SET checks = '{"http":{"urls":["https://green.example.com/"]}}'`,
    ],
    [
      "takes a repository again",
      "services",
      `UPDATE services SET checks = checks || '{"github":{"repository":"a/b","environment":"production"}}'`,
    ],
    ["swaps the key of a passkey", "passkeys", "UPDATE passkeys SET public_key = sha256(public_key)"],
    [
      "gives a passkey to another",
      "passkeys",
      "UPDATE passkeys SET user_id = (SELECT id FROM users WHERE name LIKE 'product%' LIMIT 1)",
    ],
    ["takes one-time codes away", "totp_factors", "DELETE FROM totp_factors"],
    [
      "makes a calendar address",
      "calendar_addresses",
      "INSERT INTO calendar_addresses SELECT id, repeat('a', 64), now() FROM users WHERE name LIKE 'auditor%' LIMIT 1",
    ],
    [
      "gives a calendar address another secret",
      "calendar_addresses",
      `UPDATE calendar_addresses SET token_hash = ${HASH}`,
    ],
  ];

  test.each(EDITS)("%s", async (_what, table, statement) => {
    await superuser.query(`CREATE TEMP TABLE kept AS SELECT * FROM ${table}`);
    try {
      expect((await superuser.query(statement)).rowCount).toBeGreaterThan(0);
      expect(await flaws()).toMatchObject([{ stream: INSTALLATION_ID, seq: null }]);
    } finally {
      await superuser.query(`DELETE FROM ${table}`);
      await superuser.query(`INSERT INTO ${table} SELECT * FROM kept`);
      await superuser.query("DROP TABLE kept");
    }
  });

  test("and nothing is left of it", async () => {
    expect(await flaws()).toEqual([]);
  });
});

test("whoever hides events from searches is found out", async () => {
  await superuser.query("ALTER TABLE events ALTER COLUMN type DROP EXPRESSION");
  await superuser.query("ALTER TABLE events DISABLE TRIGGER ALL");
  expect(await flaws()).toEqual([]);
  const { rows } = await superuser.query<{ seq: number }>(
    "UPDATE events SET type = 'item.checked' WHERE type = 'freeze.ended' RETURNING seq",
  );
  expect(await flaws()).toMatchObject([{ stream: INSTALLATION_ID, seq: rows[0]?.seq }]);
});
