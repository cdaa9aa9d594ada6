/** What each measure counts, and where it departs from DORA's own definition. */
export function MeasureDefinitions() {
  return (
    <details className="text-sm text-ink-muted">
      <summary className="cursor-pointer py-1 font-medium text-ink">How these are measured</summary>
      <dl className="mt-2 grid gap-x-6 gap-y-3 md:grid-cols-2">
        {DEFINITIONS.map(([term, meaning]) => (
          <div key={term}>
            <dt className="font-medium text-ink">{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

const DEFINITIONS = [
  [
    "Deployment frequency",
    "Deployments that reached T-0, an average week: whole weeks from Monday, UTC, and this one so far. DORA counts deployments to production; choose that environment.",
  ],
  [
    "Lead time",
    "From the opening of the record to T-0. DORA's change lead time begins when the change is committed, which a record does not know; so it is longer than this.",
  ],
  [
    "Change fail rate",
    "Deployments that were rolled back or are rolling back, of all that reached T-0, those still under way included. As DORA's, save that a failure mended by a hotfix alone is not seen.",
  ],
  [
    "Recovery time",
    "DORA's failed deployment recovery time: from the trigger of the rollback until its critical items were settled (reverted, healthy, smoke tests passed), not until the record ended.",
  ],
  [
    "Rework rate",
    "Deployments that follow a rolled-back record, of all that reached T-0. DORA counts every unplanned deployment after an incident; a fix opened as a record of its own is not seen.",
  ],
  [
    "Half within, 90 % within",
    "The median and the 90th percentile, interpolated between neighbours. Spans without an end are left out.",
  ],
] as const;
