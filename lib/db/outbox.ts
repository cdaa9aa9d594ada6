import type { PoolClient } from "pg";
import type { Audience } from "#lib/domain/addressees.ts";
import type { Instant } from "#lib/domain/deployment.ts";
import type { NotificationKind, Way } from "#lib/domain/notifications.ts";
import { NOTIFICATIONS } from "./notices.ts";
import { TOLD_COLUMNS, TOLD_JOINS, toldFrom, type Told, type ToldRow } from "./tellings.ts";

/** The oldest rows that nobody has been told of, but those that were put aside. */
export async function takeWaiting(client: PoolClient, limit: number): Promise<readonly Told[]> {
  const { rows } = await client.query<ToldRow>({
    name: "take-waiting",
    text: `SELECT ${TOLD_COLUMNS} FROM outbox o ${TOLD_JOINS}
            WHERE o.fanned_out_at IS NULL AND o.put_aside_at IS NULL ORDER BY o.at, o.id LIMIT $1 FOR UPDATE OF o`,
    values: [limit],
  });
  return rows.map(toldFrom);
}

/** A row that was put aside; null once it is settled. */
export async function takePutAside(client: PoolClient, outboxId: string): Promise<Told | null> {
  const { rows } = await client.query<ToldRow>({
    name: "take-put-aside",
    text: `SELECT ${TOLD_COLUMNS} FROM outbox o ${TOLD_JOINS}
            WHERE o.id = $1::uuid AND o.fanned_out_at IS NULL FOR UPDATE OF o`,
    values: [outboxId],
  });
  return rows[0] === undefined ? null : toldFrom(rows[0]);
}

/** Whoever has to do with the record of a row, or with the installation, by the roles of this moment. */
export async function audienceOf(client: PoolClient, { outboxId }: Told, at: Instant): Promise<Audience> {
  const { rows } = await client.query<Audience>({
    name: "audience-of",
    text: AUDIENCE,
    values: [outboxId, at],
  });
  const [audience] = rows;
  if (audience === undefined) throw new Error(`no outbox row ${outboxId}`);
  return audience;
}

/** How these people want to hear of a kind, where they chose. */
export async function waysOf(
  client: PoolClient,
  kind: NotificationKind,
  people: readonly string[],
): Promise<ReadonlyMap<string, Way>> {
  const { rows } = await client.query<{ person: string; way: Way }>({
    name: "ways-of",
    text: `SELECT person_id AS person, way FROM notification_choices WHERE kind = $1 AND person_id = ANY ($2::uuid[])`,
    values: [kind, people],
  });
  return new Map(rows.map(({ person, way }) => [person, way]));
}

export type Notified = { readonly personId: string; readonly awaitsDigest: boolean };

/** Tells people in the app; their open pages hear of it at the commit. */
export async function notify(
  client: PoolClient,
  { outboxId, at }: Told,
  kind: NotificationKind,
  people: readonly Notified[],
): Promise<void> {
  await client.query({
    name: "notify-people",
    text: `
      WITH told AS (
        INSERT INTO notifications (outbox_id, person_id, kind, at, awaits_digest)
        SELECT $1::uuid, p."personId", $2, $3::timestamptz, p."awaitsDigest"
          FROM jsonb_to_recordset($4::jsonb) AS p("personId" uuid, "awaitsDigest" boolean)
        ON CONFLICT ON CONSTRAINT notifications_once DO NOTHING RETURNING person_id)
      SELECT pg_notify('${NOTIFICATIONS}', person_id::text) FROM told`,
    values: [outboxId, kind, at, JSON.stringify(people)],
  });
}

/** Makes a message to each of these people, and answers with the messages' ids. */
export async function makeMail(
  client: PoolClient,
  outboxId: string,
  people: readonly string[],
  at: Instant,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>({
    name: "make-mail",
    text: `INSERT INTO message_deliveries (outbox_id, person_id, made_at)
           SELECT $1::uuid, person, $3::timestamptz FROM unnest($2::uuid[]) AS p(person)
           ON CONFLICT DO NOTHING RETURNING id`,
    values: [outboxId, people, at],
  });
  return rows.map(({ id }) => id);
}

/** Takes a row that could not be told out of the way of the others. */
export async function putAside(client: PoolClient, { outboxId }: Told, at: Instant): Promise<void> {
  await client.query({
    name: "put-aside",
    text: "UPDATE outbox SET put_aside_at = $2::timestamptz WHERE id = $1::uuid",
    values: [outboxId, at],
  });
}

export async function settle(client: PoolClient, { outboxId }: Told, at: Instant): Promise<void> {
  await client.query({
    name: "settle-outbox",
    text: "UPDATE outbox SET fanned_out_at = $2::timestamptz WHERE id = $1::uuid",
    values: [outboxId, at],
  });
}

const AUDIENCE = `
SELECT d.opened_by_id AS "openedById", d.deployed_by_id AS "deployedById",
       coalesce(d.opener_may_sign, false) AS "openerMaySign", coalesce(d.deployer_may_sign, false) AS "deployerMaySign",
       coalesce(d.may_hold_several_roles, false) AS "mayHoldSeveralRoles",
       (SELECT coalesce(json_agg(json_build_object('id', m.id, 'roles', m.roles)), '[]') FROM (
          SELECT u.id, json_agg(g.role) AS roles FROM role_grants g JOIN users u ON u.id = g.user_id
           WHERE u.disabled_at IS NULL AND (g.team_id IS NULL OR g.team_id = d.team_id)
           GROUP BY u.id ORDER BY u.id) AS m) AS members,
       (SELECT coalesce(json_agg(json_build_object('role', a.role, 'counts', a.round = d.sign_off_round,
               'people', array_remove(ARRAY[a.signed_by_id, a.for_id], NULL))), '[]')
          FROM approvals a WHERE a.deployment_id = d.id) AS signatures,
       (SELECT coalesce(json_agg(json_build_object('role', g.role, 'fromId', g.from_id, 'toId', g.to_id)), '[]')
          FROM delegations g JOIN users f ON f.id = g.from_id
         WHERE (g.team_id IS NULL OR g.team_id = d.team_id) AND g.ended_at IS NULL AND f.disabled_at IS NULL
           AND g.starts_at <= $2::timestamptz AND $2::timestamptz < g.ends_at
           AND EXISTS (SELECT FROM role_grants r WHERE r.user_id = g.from_id AND r.role = g.role
                        AND (r.team_id IS NULL OR r.team_id = d.team_id))) AS mandates,
       coalesce((SELECT v.content ->> 'verdict' = 'fail' FROM events e, evidence v
          WHERE o.kind = 'event' AND e.stream_id = o.deployment_id AND e.seq = o.seq AND e.type = 'evidence.added'
            AND v.deployment_id = d.id AND v.seq < o.seq AND v.item_key = e.body::jsonb #>> '{data,item}'
            AND v.content ->> 'checker' = e.body::jsonb #>> '{data,content,checker}'
          ORDER BY v.seq DESC LIMIT 1), false) AS "failedBefore",
       ARRAY(SELECT named.id FROM events e JOIN comments c ON c.id = (e.body::jsonb #>> '{data,commentId}')::uuid,
              jsonb_each_text(c.named) AS named(id, seq)
          WHERE o.kind = 'event' AND e.stream_id = o.deployment_id AND e.seq = o.seq AND e.type = 'comment.edited'
            AND c.deployment_id = o.deployment_id AND named.seq::int < o.seq) AS "namedBefore"
  FROM outbox o LEFT JOIN deployments d ON d.id = o.deployment_id
 WHERE o.id = $1::uuid`;
