"use client";

import { Clock } from "#components/clock/clock.tsx";
import { CountdownClock } from "#components/clock/countdown-clock.tsx";
import { formatMoment } from "#components/clock/format-clock.ts";
import { RecoveryClock } from "#components/deployment/recovery-clock.tsx";
import { useDeployment } from "#components/deployment/use-deployment.ts";
import { OUTCOME_TITLES } from "#lib/domain/standstill.ts";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";

/** The clock of the record as large as the screen lets it be, and beside it every wait that runs. */
export function WallClocks() {
  const view = useDeployment();
  const waits = waitsOf(view);
  const recovers = view.rollback !== null && view.ended === null;
  return (
    <section aria-label="Clocks" className="flex flex-wrap items-end justify-between gap-x-10 gap-y-4">
      <MainClock view={view} />
      {recovers && view.t0At !== null && (
        <Clock at={view.t0At} serverNow={view.now} caption="since T-0" size="board" />
      )}
      {waits.map(({ key, title, until }) => (
        <CountdownClock key={key} until={until} serverNow={view.now} caption={title} />
      ))}
    </section>
  );
}

/** When the record ended; or the time since the rollback was triggered; or the time to T-0, or since. */
function MainClock({ view }: { view: DeploymentView }) {
  if (view.ended !== null) {
    return (
      <p className="grid">
        <span className="microlabel">{OUTCOME_TITLES[view.ended.outcome]}</span>
        <span className="text-2xl font-medium">{formatMoment(Date.parse(view.ended.at))}</span>
      </p>
    );
  }
  if (view.rollback !== null)
    return <RecoveryClock rollback={view.rollback} serverNow={view.now} size="wall" />;
  return (
    <Clock
      at={view.t0At ?? view.details.deploymentAt}
      serverNow={view.now}
      caption={view.t0At === null ? "deployment date" : "since T-0"}
      size="wall"
    />
  );
}

/** The waits that the app counts and that are not over: the 30 minutes after T-0, the 15 of a rollback. */
function waitsOf({ phases, rollbackPhase, rollback }: DeploymentView) {
  return [...phases, ...(rollback === null ? [] : [rollbackPhase])]
    .filter(({ state }) => state === "open" || state === "ready")
    .flatMap(({ sections }) => sections.flatMap(({ items }) => items))
    .flatMap(({ key, title, judgement, status }) =>
      judgement?.verdict === "waiting" && status === "open" ? [{ key, title, until: judgement.metAt }] : [],
    );
}
