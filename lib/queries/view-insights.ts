import type { Actor } from "#lib/domain/actor.ts";
import { insightSpan, measure, type DeploymentFacts, type Insights } from "#lib/domain/insights.ts";
import { teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { now } from "#lib/clock.ts";
import { noteAccess } from "#lib/db/access-log.ts";
import { criteriaInWords } from "./criteria-in-words.ts";
import { fetchDeploymentFacts } from "./deployment-facts.ts";
import { itemRates, type ItemRate } from "./item-rates.ts";

export type InsightFilter = {
  /** The exact names. */
  readonly team?: string | undefined;
  readonly service?: string | undefined;
  readonly environment?: string | undefined;
  /** How many whole weeks from Monday, UTC, before this one; this one counts so far. */
  readonly weeks: number;
};

export type InsightsView = {
  readonly insights: Insights;
  readonly records: readonly DeploymentFacts[];
  readonly items: readonly ItemRate[];
  /** More records fit than were read; the newest were. */
  readonly truncated: boolean;
};

// The newest of them, so that a page never reads without end.
const MOST = 2_000;

/** The records behind the measures, to be taken out; noted as an export before. Rejects like `viewInsights`. */
export async function exportInsights(
  actor: Actor,
  { weeks, ...filter }: InsightFilter,
): Promise<readonly DeploymentFacts[]> {
  const { records } = await viewInsights(actor, { weeks, ...filter });
  const subject = `insights as csv: ${criteriaInWords({ weeks, ...filter })}`;
  await noteAccess(actor, { act: "exported", subject, record: null });
  return records;
}

/** The measures of the records that the caller leads, audits or administers. */
export async function viewInsights(actor: Actor, { weeks, ...filter }: InsightFilter): Promise<InsightsView> {
  const teams = teamsWhere(actor, "insights.view");
  if (teams !== null && teams.length === 0)
    throw new Rejection("forbidden", "Team leads, auditors and admins see insights");
  const { from, to } = insightSpan(now(), weeks);
  const found = await fetchDeploymentFacts({ teams, ...filter, from, to }, MOST + 1);
  const records = found.slice(0, MOST);
  const ended = records.filter(({ outcome }) => outcome !== null && outcome !== "cancelled");
  return {
    insights: measure(records, from, to),
    records,
    items: await itemRates(ended.map(({ id }) => id)),
    truncated: found.length > MOST,
  };
}
