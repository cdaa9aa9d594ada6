"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import { withdrawBreakGlassAction } from "#lib/actions/break-glass.ts";
import type { ActionFailure } from "#lib/actions/action-result.ts";
import type { BreakGlassView, DeploymentView, PendingBreakGlassView } from "#lib/queries/deployment-view.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { whyNot } from "#components/forms/why-not.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { Time } from "#components/ui/time.tsx";
import { BlockerLines } from "./blocker-lines.tsx";
import { useChange } from "./use-deployment.ts";

const ConfirmDialog = later(() => import("./confirm-break-glass-dialog.tsx"));
const ReviewDialog = later(() => import("./review-break-glass-dialog.tsx"));

/** Rule 8 on this record: the request that waits, and every glass that was broken, for good. */
export function BreakGlassPanel({ view, choices }: { view: DeploymentView; choices: ProofChoices }) {
  const { pending, past } = view.breakGlass;
  const [reviewing, setReviewing] = useState<number | null>(null);
  if (pending === null && past.length === 0) return null;
  return (
    <Panel aria-labelledby="break-glass">
      <PanelHeader id="break-glass" title="Break glass" />
      {pending !== null && <Pending pending={pending} view={view} choices={choices} />}
      <ul className="divide-y divide-line">
        {past.map((glass) => (
          <Past
            key={glass.request}
            glass={glass}
            now={view.now}
            onReview={() => setReviewing(glass.request)}
          />
        ))}
      </ul>
      {reviewing !== null && (
        <ReviewDialog view={view} request={reviewing} onClose={() => setReviewing(null)} />
      )}
    </Panel>
  );
}

type PendingProps = {
  readonly pending: PendingBreakGlassView;
  readonly view: DeploymentView;
  readonly choices: ProofChoices;
};

function Pending({ pending, view, choices }: PendingProps) {
  const change = useChange();
  const [confirming, setConfirming] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const { confirmed } = pending;
  const mine = pending.confirmAs.find(({ ability }) => ability.allowed);
  const why = pending.confirmAs[0]?.ability;
  const withdraw = async () => {
    const result = await change(withdrawBreakGlassAction, {
      deploymentId: view.id,
      request: pending.request,
    });
    setFailure(result.ok ? null : result);
  };
  return (
    <PanelBody className="grid gap-3 border-b border-line bg-attention-surface/40">
      <p>
        <Badge tone="attention">{confirmed === null ? "waits for an approver" : "gate open"}</Badge>{" "}
        {pending.requested.by.name} asks that <strong className="font-medium">{pending.title}</strong> begins
        although its gate is closed, <Time at={pending.requested.at} now={view.now} />
      </p>
      <p className="text-ink-muted">“{pending.reason}”</p>
      <BlockerLines title="It overrides" blockers={pending.blockers} />
      {confirmed !== null && (
        <p className="text-sm text-ink-muted">
          “{confirmed.meaning}” {confirmed.by.name}, <Time at={confirmed.at} now={view.now} />
        </p>
      )}
      <FailureNotice failure={failure} />
      <div className="flex flex-wrap items-center gap-2">
        {confirmed === null && mine !== undefined && (
          <Button variant="danger" onClick={() => setConfirming(true)}>
            Confirm as {mine.title}…
          </Button>
        )}
        {pending.withdraw.allowed && <Button onClick={withdraw}>Withdraw</Button>}
        {confirmed === null && mine === undefined && (
          <p className="text-sm text-ink-faint">
            {why?.allowed === false ? why.reason : "An approver of the team confirms it"}
          </p>
        )}
      </div>
      {confirming && mine !== undefined && (
        <ConfirmDialog
          pending={pending}
          as={mine}
          view={view}
          choices={choices}
          onClose={() => setConfirming(false)}
        />
      )}
    </PanelBody>
  );
}

type PastProps = {
  readonly glass: BreakGlassView["past"][number];
  readonly now: string;
  readonly onReview: () => void;
};

function Past({ glass, now, onReview }: PastProps) {
  const { title, requested, reason, confirmed, used, closed, review, reviewAbility } = glass;
  const owed = confirmed !== null && review === null;
  const ending = review === null ? "closed" : "reviewed";
  return (
    <li className="grid gap-2 px-4 py-3">
      <p className="flex flex-wrap items-center gap-x-2">
        {owed ? <Badge tone="attention">review owed</Badge> : <Badge tone="void">{ending}</Badge>}
        <span className="font-medium">Before {title}</span>
        <span className="text-sm text-ink-muted">
          asked by {requested.by.name} <Time at={requested.at} now={now} />
          {confirmed !== null && `, confirmed by ${confirmed.by.name}`}
          {used !== null && `, begun by ${used.by.name}`}
        </span>
      </p>
      <p className="text-ink-muted">“{reason}”</p>
      {used !== null && <BlockerLines title="It overrode" blockers={used.overridden} />}
      {closed !== null && <p className="text-sm text-ink-faint">Not used. {closed.cause}</p>}
      {review !== null && (
        <p>
          {review.by.name} found it {review.conclusion === "justified" ? "justified" : "not justified"}: “
          {review.finding}”
        </p>
      )}
      {owed && (
        <p>
          <Button disabledReason={whyNot(reviewAbility)} onClick={onReview}>
            Review…
          </Button>
        </p>
      )}
    </li>
  );
}
