"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { answerRejectionAction } from "#lib/actions/approvals.ts";
import { PROOF_TITLES } from "#lib/domain/proof.ts";
import type { DeploymentView, SignOffStepView } from "#lib/queries/deployment-view.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";
import { Time } from "#components/ui/time.tsx";
import { type Tone, toneText } from "#components/ui/tone.ts";
import { SignedContentView } from "./signed-content-view.tsx";
import { useDeployment } from "./use-deployment.ts";
import { VoidedApprovals } from "./voided-approvals.tsx";

const SignDialog = dynamic(() => import("./sign-dialog.tsx"));
const ReasonDialog = dynamic(() => import("./reason-dialog.tsx"));

/** The ordered approvals: whose turn it is, why not yours, what each signed, and what is void. */
export function SignOffPanel() {
  const view = useDeployment();
  const { signOff } = view;
  const [signing, setSigning] = useState<{ step: SignOffStepView; decision: "approve" | "reject" } | null>(
    null,
  );
  const [answering, setAnswering] = useState(false);
  const rejected = signOff.steps.find(({ state }) => state === "rejected");
  return (
    <div className="grid gap-4">
      <Panel aria-labelledby="sign-off">
        <PanelHeader
          id="sign-off"
          title={`${signOff.gateTitle}: ${view.service.name} ${view.details.version}`}
          description={signOff.round > 1 ? `Round ${signOff.round}` : undefined}
          actions={
            <span className="text-sm text-ink-faint">
              you sign: digest{" "}
              <CopyButton
                value={signOff.digest}
                shown={`${signOff.digest.slice(0, 4)}…${signOff.digest.slice(-4)}`}
                label="digest"
              />
            </span>
          }
        />
        {view.relaxations.map((sentence) => (
          <Notice key={sentence} tone="attention" className="m-3 mb-0">
            This team relaxed separation of duties: {sentence}
          </Notice>
        ))}
        {!signOff.ready && !signOff.passed && (
          <Notice icon="lock" className="m-3 mb-0">
            Signing begins when every phase before the gate is complete.
          </Notice>
        )}
        {rejected?.approval && (
          <Notice
            tone="blocked"
            className="m-3 mb-0"
            title={`${rejected.title} rejected: the gate is closed until a team lead answers`}
            actions={
              <Button
                disabledReason={signOff.answerRejection.allowed ? undefined : signOff.answerRejection.reason}
                onClick={() => setAnswering(true)}
              >
                Answer…
              </Button>
            }
          >
            {rejected.approval.comment}
          </Notice>
        )}
        <ol className="divide-y divide-line">
          {signOff.steps.map((step, index) => (
            <Step
              key={step.role}
              step={step}
              number={index + 1}
              view={view}
              onSign={(decision) => setSigning({ step, decision })}
            />
          ))}
        </ol>
      </Panel>
      <SignedContentView view={view} />
      <VoidedApprovals view={view} />
      {signing !== null && <SignDialog view={view} {...signing} onClose={() => setSigning(null)} />}
      {answering && (
        <ReasonDialog
          title="Answer the rejection"
          consequence="The sign-off starts over: every role signs again, in order."
          label="What has been done about it?"
          confirm="Answer and start over"
          action={answerRejectionAction}
          toInput={(answer) => ({ deploymentId: view.id, answer })}
          field="answer"
          onClose={() => setAnswering(false)}
        />
      )}
    </div>
  );
}

type StepProps = {
  readonly step: SignOffStepView;
  readonly number: number;
  readonly view: DeploymentView;
  readonly onSign: (decision: "approve" | "reject") => void;
};

const LOOK: Readonly<Record<SignOffStepView["state"], { icon: IconName; tone: Tone; word: string }>> = {
  approved: { icon: "check", tone: "done", word: "approved" },
  rejected: { icon: "blocked", tone: "blocked", word: "rejected" },
  next: { icon: "arrow-right", tone: "waiting", word: "awaited" },
  waiting: { icon: "hourglass", tone: "neutral", word: "waits" },
};

function Step({ step, number, view, onSign }: StepProps) {
  const { icon, tone, word } = LOOK[step.state];
  const { approval } = step;
  return (
    <li
      className={cn(
        "flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3",
        step.state === "next" && "bg-waiting-surface/40",
      )}
    >
      <span className="w-4 text-ink-faint tabular-nums">{number}</span>
      <Icon name={icon} className={cn("mt-0.5 size-4", toneText[tone])} />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{step.title}</span>
          <Badge tone={tone} icon={null}>
            {step.state === "next" && step.sign.allowed ? "your turn" : word}
          </Badge>
          {approval && (
            <span className="text-sm text-ink-muted">
              {approval.signed.by.name}, <Time at={approval.signed.at} now={view.now} />
            </span>
          )}
        </p>
        {approval?.comment && (
          <p className="mt-0.5 whitespace-pre-wrap text-ink-muted">“{approval.comment}”</p>
        )}
        {approval && (
          <p className="mt-0.5 text-sm text-ink-faint">
            “{approval.meaning}” proven by {PROOF_TITLES[approval.proof]}, digest{" "}
            <CopyButton
              value={approval.digest}
              shown={`${approval.digest.slice(0, 4)}…${approval.digest.slice(-4)}`}
              label="digest"
            />
          </p>
        )}
        {!approval && !step.sign.allowed && (
          <p className="text-sm text-ink-faint">
            {step.waitsFor === null ? step.sign.reason : `waits for ${step.waitsFor}`}
          </p>
        )}
      </div>
      {step.sign.allowed && (
        <span className="flex gap-2">
          <Button variant="primary" onClick={() => onSign("approve")}>
            Approve…
          </Button>
          <Button onClick={() => onSign("reject")}>Reject…</Button>
        </span>
      )}
    </li>
  );
}
