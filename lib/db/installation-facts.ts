import type { Fact, Facts } from "#lib/domain/installation-facts.ts";
import { INSTALLATION_ID } from "./change-installation.ts";
import { isoText } from "./iso-text.ts";
import { pool } from "./pool.ts";

/**
 * What the tables hold of what the installation's history tells, and at which revision, as one
 * statement sees it. Secrets, but for digests, and what changes without an event are left out.
 */
export async function loadInstallationFacts(): Promise<{ readonly revision: number; readonly facts: Facts }> {
  const { rows } = await pool().query<{ key: string; fact: Fact }>(FACTS, [INSTALLATION_ID]);
  const facts = new Map(rows.map(({ key, fact }) => [key, fact]));
  const revision = Number(facts.get(REVISION)?.revision ?? 0);
  facts.delete(REVISION);
  return { revision, facts };
}

const REVISION = "revision";

function facts(from: string, key: string, fields: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(fields).map(([name, column]) => `'${name}', ${column}`);
  return `SELECT ${key} AS key, jsonb_build_object(${pairs.join(", ")}) AS fact FROM ${from}`;
}

const NEWS = `(SELECT coalesce(jsonb_agg(n ORDER BY n COLLATE "C"), '[]') FROM unnest(w.news) AS n)`;
const PERSON = (id: string, name: string) =>
  `CASE WHEN ${id} IS NOT NULL THEN jsonb_build_object('id', ${id}, 'name', ${name}) END`;
const DIGEST = (hash: string) => `encode(sha256(convert_to(${hash}, 'UTF8')), 'hex')`;

const FACTS = [
  facts("installations i WHERE i.id = $1::uuid", `'${REVISION}'`, { revision: "i.revision" }),
  facts("installations i WHERE i.id = $1::uuid", "'the retention span'", { days: "i.retention_days" }),
  facts("users u", "'person ' || u.id", {
    name: "u.name",
    email: "u.email",
    closed: "u.disabled_at IS NOT NULL",
  }),
  facts(
    "role_grants g",
    "'role ' || g.role || ' of ' || g.user_id || ' for ' || coalesce(g.team_id::text, 'all teams')",
    {},
  ),
  facts("teams t", "'team ' || t.id", {
    name: "t.name",
    openerMaySign: "t.opener_may_sign",
    deployerMaySign: "t.deployer_may_sign",
    mayHoldSeveralRoles: "t.may_hold_several_roles",
    secondFactorRequired: "t.second_factor_required",
    timeZone: "t.time_zone",
    remindAfterHours: "t.remind_after_hours",
    escalateAfterHours: "t.escalate_after_hours",
  }),
  facts("delegations d", "'delegation ' || d.id", {
    from: "d.from_id",
    to: "d.to_id",
    role: "d.role",
    team: "d.team_id",
    startsAt: isoText("d.starts_at"),
    endsAt: isoText("d.ends_at"),
    endCause: "d.end_cause",
  }),
  facts("api_tokens a", "'token ' || a.id", {
    person: "a.user_id",
    name: "a.name",
    scopes: "a.scopes",
    expiresAt: isoText("a.expires_at"),
    revoked: "a.revoked_at IS NOT NULL",
    secretDigest: DIGEST("a.token_hash"),
  }),
  facts("freeze_windows f", "'freeze ' || f.id", {
    team: "f.team_id",
    environment: "f.environment",
    startsAt: isoText("f.starts_at"),
    endsAt: isoText("f.ends_at"),
    reason: "f.reason",
    createdAt: isoText("f.created_at"),
    createdBy: PERSON("f.created_by_id", "f.created_by_name"),
    endedAt: isoText("f.ended_at"),
    endedBy: PERSON("f.ended_by_id", "f.ended_by_name"),
  }),
  facts("team_webhooks w", "'webhook ' || w.id", {
    team: "w.team_id",
    name: "w.name",
    kind: "w.kind",
    host: "w.host",
    news: NEWS,
    removed: "w.removed_at IS NOT NULL",
  }),
  facts("services s WHERE s.checks <> '{}'", "'checks of service ' || s.id", { checks: "s.checks" }),
  facts("passkeys p", "'passkey ' || p.id", {
    person: "p.user_id",
    name: "p.name",
    publicKey: "rtrim(translate(replace(encode(p.public_key, 'base64'), E'\\n', ''), '+/', '-_'), '=')",
  }),
  facts("totp_factors o WHERE o.confirmed_at IS NOT NULL", "'one-time codes of ' || o.user_id", {}),
  facts("calendar_addresses c", "'calendar address of ' || c.user_id", {
    secretDigest: DIGEST("c.token_hash"),
  }),
].join("\nUNION ALL ");
