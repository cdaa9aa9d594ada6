"use client";

import { Clock } from "#components/clock/clock.tsx";
import { formatMoment } from "#components/clock/format-clock.ts";
import { BreakGlassBadge } from "#components/board/break-glass-badge.tsx";
import { StatusBadge } from "#components/board/status-badge.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import { OUTCOME_TITLES } from "#lib/domain/standstill.ts";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { DeploymentMenu } from "./deployment-menu.tsx";
import { RecoveryClock } from "./recovery-clock.tsx";
import { RollBackButton } from "./roll-back-button.tsx";
import { useDeployment } from "./use-deployment.ts";

const TARGET_TITLES: Readonly<Record<string, string>> = {
  "fly-io": "Fly.io",
  "aws-ecs": "AWS ECS",
  kubernetes: "Kubernetes",
};

/** What is deployed, where it stands, and the clock. */
export function DeploymentHeader({ choices }: { choices: ProofChoices | null }) {
  const view = useDeployment();
  const { details } = view;
  const targets = view.targets.map((target) => TARGET_TITLES[target] ?? target);
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-xl font-semibold tracking-tight break-words">
            {view.service.name} <span className="ml-1 font-mono text-lg font-medium">{details.version}</span>
          </h1>
          <StatusBadge status={view.status} />
          <BreakGlassBadge state={view.breakGlass.state} />
        </div>
        <p className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 text-ink-muted">
          <CopyButton value={details.commit} shown={details.commit.slice(0, 7)} label="commit" />
          <span>{[details.environment, ...targets].join(" · ")}</span>
          <span>team {view.team.name}</span>
        </p>
        <p className="mt-0.5 hidden flex-wrap gap-x-3 text-sm text-ink-faint sm:flex">
          <span>
            opened by {view.opened.by.name} <Time at={view.opened.at} now={view.now} />
          </span>
          <span>deployer {details.deployedBy.name}</span>
          <span>
            template {view.template.title}, version {view.template.version}
          </span>
          {details.links.map(({ title, url }) => (
            <a
              key={url}
              href={url}
              rel="noreferrer noopener"
              target="_blank"
              className="underline decoration-line-strong underline-offset-2 hover:text-ink"
            >
              {title}
            </a>
          ))}
        </p>
      </div>
      <div className="flex items-center gap-4 max-sm:w-full max-sm:justify-between">
        <HeaderClock view={view} />
        <div className="flex items-center gap-2">
          {view.ended === null && (
            <ButtonLink href={`/deployments/${view.id}/war-room`} title="g then w" className="max-sm:hidden">
              <Icon name="monitor" />
              War room
            </ButtonLink>
          )}
          <RollBackButton view={view} />
          <DeploymentMenu view={view} choices={choices} />
        </div>
      </div>
    </header>
  );
}

function HeaderClock({ view }: { view: DeploymentView }) {
  if (view.rollback !== null && view.ended === null) {
    return <RecoveryClock rollback={view.rollback} serverNow={view.now} size="large" />;
  }
  if (view.ended !== null) {
    return (
      <span className="sm:text-right">
        <span className="microlabel block">{OUTCOME_TITLES[view.ended.outcome]}</span>
        <Time at={view.ended.at} now={view.now} exact className="font-mono text-sm" />
      </span>
    );
  }
  return (
    <Clock
      at={view.t0At ?? view.details.deploymentAt}
      serverNow={view.now}
      caption={view.t0At === null ? formatMoment(Date.parse(view.details.deploymentAt)) : "since T-0"}
      size="large"
    />
  );
}
