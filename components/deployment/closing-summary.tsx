"use client";

import type { ReactNode } from "react";
import { formatMoment, formatSpan } from "#components/clock/format-clock.ts";
import { OUTCOME_TITLES } from "#lib/domain/standstill.ts";
import type { SloView } from "#lib/queries/deployment-view.ts";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { buttonVariants } from "#components/ui/button-variants.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { BreakGlassLine } from "./blockers-panel.tsx";
import { useDeployment } from "./use-deployment.ts";

/** What a record came to, once it has ended: in place of what blocks it. */
export function ClosingSummary() {
  const view = useDeployment();
  const { ended, t0At, rollback } = view;
  if (ended === null) return null;
  const items = [...view.phases, ...(rollback === null ? [] : [view.rollbackPhase])].flatMap(({ sections }) =>
    sections.flatMap((section) => section.items),
  );
  const count = (status: string) => items.filter((item) => item.status === status).length;
  const signed = view.signOff.steps.flatMap(({ approvals }) =>
    approvals.filter(({ decision }) => decision === "approved"),
  );
  return (
    <Panel aria-label="How it ended">
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3 px-4 py-3 lg:flex-nowrap">
        <div className="min-w-0 grow">
          <p className="font-medium">
            This deployment is {OUTCOME_TITLES[ended.outcome]}.
            {ended.reason && (
              <span className="font-normal text-ink-muted">
                {" "}
                {(rollback?.triggered ?? ended).by.name}: “{ended.reason}”
              </span>
            )}
          </p>
          <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1 sm:items-start sm:grid-cols-[repeat(auto-fill,minmax(9.75rem,1fr))] sm:gap-x-8 sm:gap-y-3">
            {t0At !== null && <Fact term="T-0">{formatMoment(Date.parse(t0At))}</Fact>}
            {t0At !== null && (
              <Fact term="T-0 to end">{formatSpan(Date.parse(ended.at) - Date.parse(t0At))}</Fact>
            )}
            <Recovery slo={view.slo.find(({ metric }) => metric === "rtoMinutes")} />
            <Fact term="Signed by">
              {signed.length === 0 ? "Nobody" : signed.map(({ signed: { by } }) => by.name).join(", ")}
            </Fact>
            <Fact term="Items">
              {count("done")} ticked, {count("not-applicable")} not applicable
              {count("open") > 0 && `, ${count("open")} left open`}
            </Fact>
          </dl>
        </div>
        <div className="flex gap-2 max-sm:w-full max-sm:flex-col-reverse sm:flex-wrap lg:shrink-0">
          {view.stoneSeq === null && (
            <a
              href={`/api/v1/deployments/${view.id}/export?format=pdf`}
              download
              className={buttonVariants({})}
            >
              <Icon name="download" />
              Export as PDF
            </a>
          )}
          {view.successorId !== null && (
            <ButtonLink href={`/deployments/${view.successorId}`}>Open the re-deployment</ButtonLink>
          )}
          {view.abilities.openSuccessor.allowed && (
            <ButtonLink href={`/deployments/new?after=${view.id}`} variant="primary">
              Schedule re-deployment
            </ButtonLink>
          )}
        </div>
      </div>
      <BreakGlassLine view={view} />
    </Panel>
  );
}

/** How long the rollback took, against the time it had. */
function Recovery({ slo }: { slo: SloView | undefined }) {
  if (slo === undefined || slo.measured === null) return null;
  const { value, met } = slo.measured;
  return (
    <Fact term="Recovered in">
      {value} of {slo.target} min{" "}
      <Badge tone={met ? "done" : "blocked"} className="ml-1">
        RTO {met ? "met" : "missed"}
      </Badge>
    </Fact>
  );
}

/** On a phone a line, its term in front. */
function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="max-sm:contents">
      <dt className="microlabel">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
