import type { Actor } from "#lib/domain/actor.ts";
import { allItems, currentPhase, isSettled } from "#lib/domain/checklist.ts";
import { dueOf } from "#lib/domain/dues.ts";
import { teamsWhere } from "#lib/domain/policy.ts";
import { loadDeployment, type LoadedDeployment } from "#lib/db/load-deployment.ts";
import { pool } from "#lib/db/pool.ts";

export type MineItem = {
  readonly deploymentId: string;
  readonly service: string;
  readonly version: string;
  readonly environment: string;
  readonly item: string;
  readonly title: string;
  readonly critical: boolean;
  readonly phase: string;
  readonly dueAt: string | null;
  /** Whether its phase is the one that is open, or opens next. */
  readonly current: boolean;
};

export type AwaitedRecord = {
  readonly id: string;
  readonly service: string;
  readonly version: string;
  readonly environment: string;
  readonly awaits: "answer" | "review";
};

export type Mine = {
  readonly items: readonly MineItem[];
  /** Whether more deployments hold items of the caller than were read. */
  readonly more: boolean;
  readonly awaited: readonly AwaitedRecord[];
};

const RECORDS = 50;

/**
 * The open items that the caller owns, by date, over all deployments that have not ended; and the
 * rejections and broken glass that await their word. Signatures: `listDeployments`.
 */
export async function listMine(actor: Actor): Promise<Mine> {
  const seen = teamsWhere(actor, "deployment.view");
  const [{ rows: owning }, { rows: awaited }] = await Promise.all([
    pool().query<{ id: string }>({
      name: "records-with-my-items",
      text: OWNING,
      values: [actor.id, seen, RECORDS + 1],
    }),
    pool().query<AwaitedRecord>({
      name: "records-awaiting-my-word",
      text: AWAITED,
      values: [
        actor.id,
        teamsWhere(actor, "rejection.answer"),
        teamsWhere(actor, "break-glass.review"),
        RECORDS,
      ],
    }),
  ]);
  const loaded = await Promise.all(owning.slice(0, RECORDS).map(({ id }) => loadDeployment(id)));
  return {
    items: loaded
      .flatMap((record) => (record === null ? [] : itemsOf(record, actor.id)))
      .toSorted((a, b) => (a.dueAt ?? "9").localeCompare(b.dueAt ?? "9")),
    more: owning.length > RECORDS,
    awaited,
  };
}

function itemsOf({ deployment }: LoadedDeployment, owner: string): readonly MineItem[] {
  const { id, service, details, checklist, rollback } = deployment;
  const current = rollback === null ? currentPhase(deployment)?.key : checklist.rollback.key;
  return allItems(checklist)
    .filter(({ item: { key } }) => deployment.owners[key]?.id === owner && !isSettled(deployment, key))
    .map(({ phase, item }) => ({
      deploymentId: id,
      service: service.name,
      version: details.version,
      environment: details.environment,
      item: item.key,
      title: item.title,
      critical: item.critical === true,
      phase: phase.title,
      dueAt: dueOf(deployment, phase, item.key),
      current: phase.key === current,
    }));
}

const OWNING = `
SELECT d.id FROM deployments d
 WHERE d.ended_at IS NULL AND ($2::uuid[] IS NULL OR d.team_id = ANY ($2::uuid[]))
   AND EXISTS (SELECT FROM checklist_items i WHERE i.deployment_id = d.id AND i.owner_id = $1::uuid AND i.status = 'open')
 ORDER BY d.deployment_at, d.id LIMIT $3::int`;

// Whoever had a hand in breaking the glass does not review it.
const AWAITED = `
SELECT d.id, d.service_name AS service, d.version, d.environment,
       CASE WHEN d.status = 'rejected' THEN 'answer' ELSE 'review' END AS awaits
  FROM deployments d
 WHERE d.stone_seq IS NULL
   AND ((d.status = 'rejected' AND ($2::uuid[] IS NULL OR d.team_id = ANY ($2::uuid[])))
     OR (d.break_glass = 'review-owed' AND ($3::uuid[] IS NULL OR d.team_id = ANY ($3::uuid[]))
       AND NOT EXISTS (SELECT FROM break_glass b WHERE b.deployment_id = d.id AND b.used_at IS NOT NULL
         AND b.reviewed_at IS NULL AND $1::uuid IN (b.requested_by_id, b.confirmed_by_id, b.used_by_id))))
 ORDER BY d.deployment_at, d.id LIMIT $4::int`;
