import { TARGETS } from "#lib/domain/template.ts";
import { DAY, MINUTE } from "#lib/domain/time.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { pool } from "#lib/db/pool.ts";

export type ItemRate = {
  readonly key: string;
  readonly title: string;
  /** Of `records`: where it was said not to apply, and where it was settled late. */
  readonly waived: number;
  readonly late: number;
  /** Where it was settled at all: an item of another target, or of a list never opened, is none. */
  readonly records: number;
};

/**
 * How often each item of some records was not applicable, or settled after it was due: as somebody set
 * it, else when the next phase was to begin by the date planned, or after T-0 by T-0 itself; the last
 * phase is due a day after its own beginning.
 */
export async function itemRates(deploymentIds: readonly string[]): Promise<readonly ItemRate[]> {
  const { rows } = await pool().query<{ key: string; waived: number; late: number; records: number }>({
    name: "item-rates",
    text: RATES,
    values: [deploymentIds, [...DUE.keys()], [...DUE.values()].map(({ minutes }) => minutes)],
  });
  return rows.map((row) => ({ ...row, title: DUE.get(row.key)?.title ?? row.key }));
}

const DUE: ReadonlyMap<string, { readonly title: string; readonly minutes: number | null }> = dueByItem();

function dueByItem() {
  const { phases, targets, rollback } = PRODUCTION_TEMPLATE;
  const lists = [
    ...phases.map(({ sections, timing }, index) => ({
      sections,
      minutes: phases[index + 1]?.timing.offsetMinutes ?? (timing.offsetMinutes ?? 0) + DAY / MINUTE,
    })),
    { sections: TARGETS.map((target) => targets[target]), minutes: phases[1]?.timing.offsetMinutes ?? null },
    // Nobody plans a rollback: its items are late by the dates set on them alone.
    { sections: rollback.sections, minutes: null },
  ];
  return new Map(
    lists.flatMap(({ sections, minutes }) =>
      sections.flatMap(({ items }) => items).map(({ key, title }) => [key, { title, minutes }] as const),
    ),
  );
}

const RATES = `
SELECT i.key,
       count(*) FILTER (WHERE i.status = 'not-applicable')::int AS waived,
       count(*) FILTER (WHERE i.status = 'done' AND i.settled_at >
         coalesce(i.due_at, (CASE WHEN due.minutes > 0 THEN coalesce(d.t0_at, d.deployment_at) ELSE d.deployment_at END)
           + make_interval(mins => due.minutes)))::int AS late,
       count(*)::int AS records
  FROM checklist_items i
  JOIN deployments d ON d.id = i.deployment_id
  LEFT JOIN unnest($2::text[], $3::int[]) AS due(key, minutes) ON due.key = i.key
 WHERE i.deployment_id = ANY ($1::uuid[]) AND i.status <> 'open'
 GROUP BY i.key`;
