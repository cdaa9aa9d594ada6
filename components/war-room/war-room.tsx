"use client";

import type { RoleHolders } from "#lib/queries/role-holders.ts";
import { BreakGlassBadge } from "#components/board/break-glass-badge.tsx";
import { StatusBadge } from "#components/board/status-badge.tsx";
import { PeopleHere } from "#components/deployment/activity-line.tsx";
import { BlockersPanel } from "#components/deployment/blockers-panel.tsx";
import { ClosingSummary } from "#components/deployment/closing-summary.tsx";
import { PhaseRail } from "#components/deployment/phase-rail.tsx";
import { RecordNotices } from "#components/deployment/record-notices.tsx";
import { RollBackButton } from "#components/deployment/roll-back-button.tsx";
import { useDeployment } from "#components/deployment/use-deployment.ts";
import { GoShortcuts } from "#components/shell/go-shortcuts.tsx";
import { MAIN_ID } from "#components/shell/main-id.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { AwaitedPanel } from "./awaited-panel.tsx";
import { EventFeed, type FeedEvent } from "./event-feed.tsx";
import { SloPlots } from "./slo-plots.tsx";
import { WallClocks } from "./wall-clocks.tsx";

type WarRoomProps = { readonly holders: RoleHolders; readonly events: readonly FeedEvent[] };

/** One screen for deployment day, from a phone to a wall; everything on it keeps itself. */
export function WarRoom({ holders, events }: WarRoomProps) {
  const view = useDeployment();
  return (
    <main
      id={MAIN_ID}
      data-wall
      className="grid grow grid-cols-[minmax(0,1fr)] content-start gap-4 px-3 py-4 sm:px-6"
    >
      <GoShortcuts
        targets={[
          { key: "d", href: `/deployments/${view.id}` },
          { key: "b", href: "/deployments" },
        ]}
      />
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-2xl font-semibold tracking-tight break-words">
            {view.service.name}{" "}
            <span className="ml-1 font-mono text-xl font-medium">{view.details.version}</span>
            <StatusBadge status={view.status} />
            <BreakGlassBadge state={view.breakGlass.state} />
          </h1>
          <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-muted">
            <span>{view.details.environment}</span>
            <span>{view.team.name}</span>
            <span className="text-sm">
              <PeopleHere />
            </span>
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <ButtonLink href={`/deployments/${view.id}`} size="lg" title="g then d">
            <Icon name="arrow-left" />
            The record
          </ButtonLink>
          <RollBackButton view={view} size="lg" />
        </div>
      </header>
      <RecordNotices />
      <WallClocks />
      <ClosingSummary />
      <PhaseRail />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none">
        <div className="grid min-w-0 gap-4 xl:contents">
          <BlockersPanel named={8} />
          <AwaitedPanel holders={holders} />
        </div>
        <SloPlots />
        <EventFeed initial={events} />
      </div>
    </main>
  );
}
