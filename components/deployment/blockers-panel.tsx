"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { completePhaseAction, startPhaseAction } from "#lib/actions/phases.ts";
import type { ActionFailure } from "#lib/actions/action-result.ts";
import type { Ability, DeploymentView, NextStep } from "#lib/queries/deployment-view.ts";
import { useKeptTicks } from "#components/live/kept-ticks.ts";
import { useMe } from "#components/live/live-provider.tsx";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { whyNot } from "#components/forms/why-not.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";
import { toneText } from "#components/ui/tone.ts";
import { blockingLines, type BlockingLine } from "./blocking-lines.ts";
import { LookAgain } from "./look-again.tsx";
import { useChange, useDeployment } from "./use-deployment.ts";

const SHOWN = 6;

type BlockersPanelProps = {
  /** So many open items that are nobody's are named, where there is room for them. */
  readonly named?: number;
};

/** What stops us, the same on every tab: failing first, then open, then waiting; and what comes next. Nothing once it ended. */
export function BlockersPanel({ named }: BlockersPanelProps) {
  const view = useDeployment();
  const kept = useKeptTicks().length;
  const [all, setAll] = useState(false);
  const [unfolded, setUnfolded] = useState(false);
  const ordered = blockingLines(view, useMe().id, named);
  const long = ordered.length > SHOWN + 2;
  const shown = all || !long ? ordered : ordered.slice(0, SHOWN);
  const [first] = ordered;
  if (view.ended !== null) return null;
  return (
    <Panel aria-labelledby="blockers" className="max-lg:not-in-[[data-wall]]:rounded-b-none">
      <PanelHeader
        id="blockers"
        className={cn("max-lg:flex-nowrap", !unfolded && ordered.length > 0 && "max-lg:border-b-0")}
        title={
          <>
            <span className={cn(first && !unfolded && "max-lg:sr-only")}>
              {titleOf(view, ordered.length)}
            </span>
            {first && !unfolded && <FirstLine line={first} />}
          </>
        }
        actions={
          first && (
            <PhoneFold count={view.blockers.length} open={unfolded} onToggle={() => setUnfolded(!unfolded)} />
          )
        }
      />
      {ordered.length > 0 && (
        <ul
          className={cn(
            "divide-y divide-line max-lg:max-h-[50vh] max-lg:overflow-y-auto",
            !unfolded && "max-lg:hidden",
          )}
        >
          {shown.map((line) => (
            <BlockerLine key={`${line.href} ${line.message}`} line={line} />
          ))}
        </ul>
      )}
      {long && (
        <Button
          variant="ghost"
          size="sm"
          className={cn("mx-2 my-1", !unfolded && "max-lg:hidden")}
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? "Show fewer" : `Show all ${ordered.length}`}
        </Button>
      )}
      {kept > 0 && (
        <p className="flex items-start gap-2 border-t border-line px-4 py-2 text-sm text-attention-text max-lg:hidden">
          <Icon name="clock" className="mt-0.5 size-3.5" />
          {kept === 1 ? "1 change waits" : `${kept} changes wait`} for the connection
        </p>
      )}
      <BreakGlassLine view={view} />
      <div
        className={cn(
          "grid gap-2 border-t border-line p-3 empty:hidden",
          // Folded on a phone, the bar keeps its height for a button that can be pressed.
          ordered.length > 0 && !unfolded && isBlocked(view.nextStep) && "max-lg:hidden",
        )}
      >
        <LookAgain view={view} />
        <NextStepOffer view={view} />
      </div>
    </Panel>
  );
}

function titleOf({ nextStep, rollback }: DeploymentView, blocking: number): string {
  if (nextStep.kind === "none") return "Nothing more to do";
  if (rollback !== null && blocking > 0) return "Left to do";
  return blocking === 0 ? "Nothing blocks this" : "What blocks this";
}

/** Break glass that waits, opens the gate, or owes a review: not a blocker, but not to be missed. */
export function BreakGlassLine({ view }: { view: DeploymentView }) {
  const { state, pending } = view.breakGlass;
  if (state === "none" || state === "reviewed") return null;
  const words = {
    requested: `Break glass before ${pending?.title} waits for an approver`,
    open: `Break glass holds the gate before ${pending?.title} open`,
    "review-owed": "A review of the break glass is owed",
  }[state];
  return (
    <a
      href={`/deployments/${view.id}/sign-off#break-glass`}
      className="flex items-start gap-2 border-t border-line px-4 py-2 text-sm transition-colors hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-11"
    >
      <Icon name="siren" className={`mt-0.5 size-3.5 ${toneText.attention}`} />
      <span>{words}</span>
    </a>
  );
}

/** Folded on a narrow screen, the bar names what comes first. */
function FirstLine({ line: { icon, tone, message } }: { line: BlockingLine }) {
  return (
    <span className="flex items-center gap-2 text-sm font-normal lg:hidden">
      <Icon name={icon} className={`size-3.5 ${toneText[tone]}`} />
      <span className="line-clamp-3 text-balance">{message}</span>
    </span>
  );
}

/** How many there are; on a narrow screen, the bar at the bottom opens upward, the war room's down. */
function PhoneFold({ count, open, onToggle }: { count: number; open: boolean; onToggle: () => void }) {
  return (
    <>
      <span className="text-sm text-ink-faint tabular-nums max-lg:hidden">{count}</span>
      <Button
        variant="ghost"
        size="sm"
        className="lg:hidden"
        aria-expanded={open}
        aria-label={`${count} in all, ${open ? "fold" : "unfold"}`}
        onClick={onToggle}
      >
        {count} in all
        <Icon
          name="chevron-down"
          className={cn(
            "size-4 transition-transform",
            open ? "in-[[data-wall]]:rotate-180" : "not-in-[[data-wall]]:rotate-180",
          )}
        />
      </Button>
    </>
  );
}

function BlockerLine({ line: { href, icon, tone, message } }: { line: BlockingLine }) {
  return (
    <li>
      <a
        href={href}
        className="flex items-start gap-2 px-4 py-2 text-sm transition-colors hover:bg-hover focus-visible:-outline-offset-2 in-[[data-wall]]:text-lg pointer-coarse:min-h-11"
      >
        <Icon name={icon} className={`mt-0.5 size-3.5 in-[[data-wall]]:mt-1.25 ${toneText[tone]}`} />
        <span>{message}</span>
      </a>
    </li>
  );
}

function NextStepOffer({ view }: { view: DeploymentView }) {
  const change = useChange();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const step = view.nextStep;
  const run = async (action: typeof completePhaseAction, phase: string) => {
    setPending(true);
    const result = await change(action, { deploymentId: view.id, phase });
    setFailure(result.ok ? null : result);
    setPending(false);
  };
  return (
    <>
      <FailureNotice failure={failure} />
      <StepButton step={step} view={view} pending={pending} run={run} />
    </>
  );
}

type StepButtonProps = {
  readonly step: NextStep;
  readonly view: DeploymentView;
  readonly pending: boolean;
  readonly run: (action: typeof completePhaseAction, phase: string) => Promise<void>;
};

function StepButton({ step, view, pending, run }: StepButtonProps) {
  switch (step.kind) {
    case "complete-phase":
      return (
        <Button
          variant="primary"
          pending={pending}
          pendingWords={`Completing ${step.title}…`}
          disabledReason={whyNot(step.ability)}
          onClick={() => run(completePhaseAction, step.phase)}
        >
          <Icon name="check-all" />
          Complete {step.title}
        </Button>
      );
    case "start-phase":
      return (
        <Button
          variant="primary"
          pending={pending}
          pendingWords={`Starting ${step.title}…`}
          disabledReason={whyNot(step.ability)}
          onClick={() => run(startPhaseAction, step.phase)}
        >
          <Icon name="deploy" />
          Start {step.title}
          {view.t0At === null && " (T-0)"}
        </Button>
      );
    case "sign":
      return (
        <SignOffLink
          id={view.id}
          ability={step.ability}
          act="Approve or reject…"
          look="See the sign-off"
          icon={<Icon name="signature" />}
        />
      );
    case "answer-rejection":
      return (
        <SignOffLink
          id={view.id}
          ability={step.ability}
          act="Answer the rejection"
          look="See the rejection"
        />
      );
    case "none":
      return <p className="text-sm text-ink-muted">The record waits.</p>;
  }
}

type SignOffLinkProps = {
  readonly id: string;
  readonly ability: Ability;
  readonly act: string;
  readonly look: string;
  readonly icon?: ReactNode;
};

/** Leads to the sign-off; whoever is there already needs no way to it. */
function SignOffLink({ id, ability, act, look, icon }: SignOffLinkProps) {
  const href = `/deployments/${id}/sign-off`;
  const isThere = usePathname() === href;
  if (isThere) return null;
  if (ability.allowed)
    return (
      <ButtonLink href={href} variant="primary">
        {icon}
        {act}
      </ButtonLink>
    );
  return (
    <>
      <ButtonLink href={href}>
        {icon}
        {look}
      </ButtonLink>
      <p className="text-sm text-ink-faint">{ability.reason}</p>
    </>
  );
}

function isBlocked(step: NextStep): boolean {
  return (step.kind === "complete-phase" || step.kind === "start-phase") && !step.ability.allowed;
}
