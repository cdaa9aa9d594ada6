import { lengthOf, type DeploymentFacts, type Span } from "#lib/domain/insights.ts";
import { MINUTE } from "#lib/domain/time.ts";
import { BOM, csv } from "./csv.ts";

/** The records behind the insights as a table: a row each, with its spans in minutes. */
export function writeFacts(records: readonly DeploymentFacts[]): string {
  const phases = titles(records.flatMap((record) => record.phases));
  const roles = titles(records.flatMap(({ waits }) => waits.map((wait) => ({ ...wait, key: wait.role }))));
  const head = [
    ...FIXED.map(([title]) => title),
    ...[...phases.values()].map((title) => `${title}, minutes`),
    ...[...roles.values()].map((title) => `waiting for ${title}, minutes`),
  ];
  const rows = records.map((record) => [
    ...FIXED.map(([, value]) => value(record) ?? ""),
    ...[...phases.keys()].map((key) => minutes(record.phases.filter((phase) => phase.key === key))),
    ...[...roles.keys()].map((role) => minutes(record.waits.filter((wait) => wait.role === role))),
  ]);
  return `${BOM}${csv([head, ...rows])}`;
}

const FIXED: readonly (readonly [string, (record: DeploymentFacts) => string | null])[] = [
  ["record", ({ id }) => id],
  ["service", ({ service }) => service],
  ["team", ({ team }) => team],
  ["environment", ({ environment }) => environment],
  ["version", ({ version }) => version],
  ["opened", ({ openedAt }) => openedAt],
  ["t-0", ({ t0At }) => t0At],
  ["rollback", ({ rollbackAt }) => rollbackAt],
  ["ended", ({ endedAt }) => endedAt],
  ["outcome", ({ outcome }) => outcome],
  ["restored", ({ restoredAt }) => restoredAt],
  ["rework", ({ isRework }) => (isRework ? "yes" : "no")],
];

function titles(of: readonly { key: string; title: string }[]): ReadonlyMap<string, string> {
  return new Map(of.map(({ key, title }) => [key, title]));
}

// Several spans of one record, such as the signatures of a quorum, are as long as they are together.
function minutes(spans: readonly Span[]): number | string {
  const lengths = spans.map(lengthOf).filter((length) => length !== null);
  if (lengths.length === 0) return "";
  return Math.round(lengths.reduce((sum, length) => sum + length, 0) / MINUTE);
}
