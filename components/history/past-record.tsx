import type { Deployment, ItemState, Stamp } from "#lib/domain/deployment.ts";
import type { PhaseTemplate } from "#lib/domain/template.ts";
import { evidenceInWords } from "#lib/domain/evidence-in-words.ts";
import { statusOf } from "#lib/domain/status.ts";
import { StatusBadge } from "#components/board/status-badge.tsx";
import { formatMoment } from "#components/clock/format-clock.ts";
import { Badge } from "#components/ui/badge.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { type Tone, toneText } from "#components/ui/tone.ts";

/** A record as it stood, to read and nothing else. */
export function PastRecord({ deployment }: { deployment: Deployment }) {
  const { checklist, details, rollback } = deployment;
  const phases = rollback === null ? checklist.phases : [...checklist.phases, checklist.rollback];
  return (
    <>
      <Panel aria-labelledby="past-details">
        <PanelHeader
          id="past-details"
          title="Details"
          actions={<StatusBadge status={statusOf(deployment)} />}
        />
        <PanelBody>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
            <Fact term="Version" mono>
              {details.version}
            </Fact>
            <Fact term="Commit" mono>
              {details.commit}
            </Fact>
            <Fact term="Environment">{details.environment}</Fact>
            <Fact term="Deployment date">{formatMoment(Date.parse(details.deploymentAt))}</Fact>
            <Fact term="Deployer">{details.deployedBy.name}</Fact>
          </dl>
        </PanelBody>
      </Panel>
      <PastSignOff deployment={deployment} />
      {phases.map((phase) => (
        <PastPhase key={phase.key} deployment={deployment} phase={phase} />
      ))}
    </>
  );
}

function Fact({ term, mono = false, children }: { term: string; mono?: boolean; children: string }) {
  return (
    <>
      <dt className="text-ink-faint">{term}</dt>
      <dd className={cn("min-w-0 break-words", mono && "font-mono")}>{children}</dd>
    </>
  );
}

function PastSignOff({ deployment: { approvals, checklist } }: { deployment: Deployment }) {
  return (
    <Panel aria-labelledby="past-sign-off">
      <PanelHeader id="past-sign-off" title="Sign-off" />
      <ul className="divide-y divide-line">
        {approvals.length === 0 && <li className="px-4 py-2 text-ink-muted">Nobody had signed.</li>}
        {approvals.map(({ seq, role, decision, signed, comment, voided }) => (
          <li key={seq} className="px-4 py-2">
            <span className="font-medium">
              {checklist.signOff.steps.find((step) => step.role === role)?.title ?? role}
            </span>{" "}
            {decision} by {stampInWords(signed)}
            {comment !== null && <span className="text-ink-muted"> “{comment}”</span>}
            {voided !== null && (
              <Badge tone="void" className="ml-2">
                void
              </Badge>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function PastPhase({ deployment, phase }: { deployment: Deployment; phase: PhaseTemplate }) {
  const { started = null, completed = null } = deployment.phases[phase.key] ?? {};
  const items = phase.sections.flatMap((section) => section.items);
  const settled = items.filter(({ key }) => deployment.items[key] !== undefined).length;
  const state = started === null ? "not begun" : "open";
  return (
    <Panel aria-labelledby={`past-${phase.key}`}>
      <PanelHeader
        id={`past-${phase.key}`}
        title={phase.title}
        description={completed !== null ? `completed by ${stampInWords(completed)}` : state}
        actions={
          <span className="text-sm text-ink-faint tabular-nums">
            {settled} of {items.length}
          </span>
        }
      />
      <ul className="divide-y divide-line">
        {items.map(({ key, title }) => (
          <PastItem
            key={key}
            title={title}
            state={deployment.items[key]}
            deployment={deployment}
            itemKey={key}
          />
        ))}
      </ul>
    </Panel>
  );
}

type PastItemProps = {
  readonly deployment: Deployment;
  readonly itemKey: string;
  readonly title: string;
  readonly state: ItemState | undefined;
};

function PastItem({ deployment, itemKey, title, state = { status: "open" } }: PastItemProps) {
  const { icon, tone, word } = LOOKS[state.status];
  return (
    <li className="flex items-start gap-3 px-4 py-1.5">
      <Icon name={icon} className={`mt-0.5 size-4 shrink-0 ${toneText[tone]}`} />
      <div className="min-w-0 grow">
        <p className="break-words">
          <span className="sr-only">{word}: </span>
          {title}
        </p>
        {state.status !== "open" && (
          <p className="text-sm break-words text-ink-faint">
            {stampInWords(state.settled)}
            {state.status === "not-applicable" && state.reason !== null && `: ${state.reason}`}
          </p>
        )}
        {deployment.evidence
          .filter((entry) => entry.itemKey === itemKey)
          .map(({ id, content, overruled }) => (
            <p key={id} className="text-sm break-words text-ink-faint">
              {evidenceInWords(content)}
              {overruled !== null && `, overruled by ${stampInWords(overruled)}: ${overruled.reason}`}
            </p>
          ))}
      </div>
    </li>
  );
}

const LOOKS: Readonly<Record<ItemState["status"], { icon: IconName; tone: Tone; word: string }>> = {
  open: { icon: "circle", tone: "neutral", word: "Open" },
  done: { icon: "check", tone: "done", word: "Done" },
  "not-applicable": { icon: "minus", tone: "neutral", word: "Not applicable" },
};

function stampInWords({ at, by }: Stamp): string {
  return `${by.name}, ${formatMoment(Date.parse(at))}`;
}
