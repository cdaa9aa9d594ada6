import { PROOF_TITLES } from "#lib/domain/proof.ts";
import type { Approval } from "#lib/domain/deployment.ts";
import type { DeploymentView, SignOffStepView, StandInView } from "#lib/queries/deployment-view.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import { type Tone, toneText } from "#components/ui/tone.ts";

type SignOffStepProps = {
  readonly step: SignOffStepView;
  /** Whether it is signed in any order with the step before it. */
  readonly together: boolean;
  readonly view: DeploymentView;
  readonly onSign: (decision: "approve" | "reject", standIn: StandInView | null) => void;
};

const LOOK: Readonly<Record<SignOffStepView["state"], { icon: IconName; tone: Tone; word: string }>> = {
  approved: { icon: "check", tone: "done", word: "approved" },
  rejected: { icon: "blocked", tone: "blocked", word: "rejected" },
  next: { icon: "arrow-right", tone: "waiting", word: "awaited" },
  waiting: { icon: "hourglass", tone: "neutral", word: "waits" },
};

/** One role of the sign-off: how many of its people approved, who, and what you may do about it. */
export function SignOffStep({ step, together, view, onSign }: SignOffStepProps) {
  const { icon, tone, word } = LOOK[step.state];
  const ways = waysToSign(step);
  return (
    <li
      className={cn(
        "flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3",
        step.state === "next" && "bg-waiting-surface/40",
      )}
    >
      <span className="w-4 text-ink-faint tabular-nums">
        {together ? <span aria-hidden="true">+</span> : step.stage + 1}
      </span>
      <Icon name={icon} className={cn("mt-0.5 size-4", toneText[tone])} />
      <div className="min-w-0 grow basis-48">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{step.title}</span>
          {step.waitsFor === null && (
            <Badge tone={tone} icon={null}>
              {step.state === "next" && ways.length > 0 ? "your turn" : word}
            </Badge>
          )}
          {step.quorum > 1 && (
            <span className="text-sm text-ink-muted tabular-nums">
              {step.approved} of {step.quorum} approved
            </span>
          )}
          {together && <span className="text-sm text-ink-faint">together with the one before</span>}
        </p>
        {step.approvals.map((approval) => (
          <GivenApproval key={approval.seq} approval={approval} now={view.now} />
        ))}
        {step.approvals.length === 0 && ways.length === 0 && !step.sign.allowed && (
          <p className="text-sm text-ink-faint">
            {step.waitsFor === null ? step.sign.reason : `waits for ${step.waitsFor}`}
          </p>
        )}
      </div>
      {ways.length > 0 && (
        <div className="grid justify-items-end gap-2 max-sm:w-full max-sm:justify-items-start sm:-my-1.5">
          {ways.map((standIn) => (
            <span key={standIn?.delegation ?? "self"} className="flex flex-wrap items-center gap-2">
              {standIn !== null && <span className="text-sm text-ink-muted">for {standIn.name}</span>}
              <Button variant="primary" onClick={() => onSign("approve", standIn)}>
                Approve…
              </Button>
              <Button onClick={() => onSign("reject", standIn)}>Reject…</Button>
            </span>
          ))}
        </div>
      )}
    </li>
  );
}

/** By one's own role (null), or in somebody's place. */
function waysToSign({ sign, signFor }: SignOffStepView): readonly (StandInView | null)[] {
  return [...(sign.allowed ? [null] : []), ...signFor.filter((standIn) => standIn.sign.allowed)];
}

function GivenApproval({ approval, now }: { approval: Approval; now: string }) {
  const { signed, standsInFor, comment, meaning, proof, digest } = approval;
  return (
    <div className="mt-1">
      <p className="text-sm text-ink-muted">
        {signed.by.name}
        {standsInFor !== null && ` for ${standsInFor.name}`}, <Time at={signed.at} now={now} />
      </p>
      {comment && <p className="mt-0.5 whitespace-pre-wrap text-ink-muted">“{comment}”</p>}
      <p className="text-sm text-ink-faint">
        Signed “{meaning}” with {PROOF_TITLES[proof]}, digest{" "}
        <CopyButton value={digest} shown={`${digest.slice(0, 4)}…${digest.slice(-4)}`} label="digest" />
      </p>
    </div>
  );
}
