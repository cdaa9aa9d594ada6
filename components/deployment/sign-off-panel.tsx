"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import { answerRejectionAction } from "#lib/actions/approvals.ts";
import type { SignOffStepView, StandInView } from "#lib/queries/deployment-view.ts";
import type { ChangesSinceLook } from "#lib/queries/changes-since-look.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { whyNot } from "#components/forms/why-not.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";
import { BreakGlassPanel } from "./break-glass-panel.tsx";
import { ChangesSinceLookPanel } from "./changes-since-look-panel.tsx";
import { SignOffStep } from "./sign-off-step.tsx";
import { isSigningOver, maySignNow, SignedContentView } from "./signed-content-view.tsx";
import { standsAgainst } from "./stands-against.ts";
import { useDeployment } from "./use-deployment.ts";
import { VoidedApprovals } from "./voided-approvals.tsx";

const SignDialog = later(() => import("./sign-dialog.tsx"));
const ReasonDialog = later(() => import("./reason-dialog.tsx"));

type Signing = {
  readonly step: SignOffStepView;
  readonly decision: "approve" | "reject";
  readonly standIn: StandInView | null;
};

type SignOffPanelProps = { readonly changes: ChangesSinceLook; readonly choices: ProofChoices };

/** The ordered approvals: whose turn it is, why not yours, what each signed, and what is void. */
export function SignOffPanel({ changes, choices }: SignOffPanelProps) {
  const view = useDeployment();
  const { signOff } = view;
  const [signing, setSigning] = useState<Signing | null>(null);
  const [answering, setAnswering] = useState<number | null>(null);
  const hasFactor = choices.passkeySites.length > 0 || choices.totp;
  const needsFactor =
    choices.secondFactorRequired && !hasFactor && signOff.steps.some(({ sign }) => sign.allowed);
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
              {maySignNow(view) ? "you sign: digest" : "digest now"}{" "}
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
        {signOff.ready && !isSigningOver(view) && standsAgainst(view).length > 0 && (
          <Notice tone="blocked" className="m-3 mb-0" title="Signatures alone do not open this gate">
            {standsAgainst(view).join("; ")}
          </Notice>
        )}
        {needsFactor && (
          <Notice tone="attention" className="m-3 mb-0" title="This team asks for a second factor to sign">
            Set up a passkey or one-time codes on{" "}
            <a href="/account" className="underline">
              your account
            </a>{" "}
            before you sign.
          </Notice>
        )}
        {rejected?.approval && (
          <Notice
            tone="blocked"
            className="m-3 mb-0"
            title={`${rejected.title} rejected: the gate is closed until a team lead answers`}
            actions={
              <Button
                disabledReason={whyNot(signOff.answerRejection)}
                onClick={() => setAnswering(signOff.round)}
              >
                Answer…
              </Button>
            }
          >
            {rejected.approval.comment}
          </Notice>
        )}
        <ol className="divide-y divide-line border-line [div+&]:mt-3 [div+&]:border-t">
          {signOff.steps.map((step, index) => (
            <SignOffStep
              key={step.role}
              step={step}
              together={step.stage === signOff.steps[index - 1]?.stage}
              view={view}
              onSign={(decision, standIn) => setSigning({ step, decision, standIn })}
            />
          ))}
        </ol>
      </Panel>
      <ChangesSinceLookPanel changes={changes} />
      <BreakGlassPanel view={view} choices={choices} />
      <SignedContentView view={view} />
      <VoidedApprovals view={view} />
      {signing !== null && (
        <SignDialog view={view} {...signing} choices={choices} onClose={() => setSigning(null)} />
      )}
      {answering !== null && (
        <ReasonDialog
          title="Answer the rejection"
          consequence="The sign-off starts over: every role signs again, in order."
          label="What has been done about it?"
          confirm="Answer and start over"
          underWay="Answering…"
          action={answerRejectionAction}
          toInput={(answer) => ({ deploymentId: view.id, round: answering, answer })}
          field="answer"
          onClose={() => setAnswering(null)}
        />
      )}
    </div>
  );
}
