"use client";

import { later } from "#components/ui/later.tsx";
import { useState } from "react";
import { overruleVerdictAction, runCheckAction } from "#lib/actions/evidence.ts";
import type { ActionFailure } from "#lib/actions/action-result.ts";
import type { Ability, CheckView, DeploymentView, ItemView } from "#lib/queries/deployment-view.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { whyNot } from "#components/forms/why-not.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import { phaseViewOf } from "./find-item-view.ts";
import { ItemVerdict, type Standing } from "./item-verdict.tsx";
import { useChange } from "./use-deployment.ts";

const ReasonDialog = later(() => import("./reason-dialog.tsx"));

type ItemChecksProps = {
  readonly view: DeploymentView;
  readonly item: ItemView;
  readonly change: Ability;
};

/** The machines that can tell about an item: what each said last and why, and the button that asks anew. */
export function ItemChecks({ view, item, change }: ItemChecksProps) {
  const apply = useChange();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [overruling, setOverruling] = useState<string | null>(null);
  if (item.checks.length === 0) return null;
  const canRun = item.checks.some(({ configured }) => configured === true);
  const run = async () => {
    setPending(true);
    const result = await apply(runCheckAction, { deploymentId: view.id, item: item.key });
    setFailure(result.ok ? null : result);
    setPending(false);
  };
  const why = change.allowed ? (whyNot(view.abilities.runChecks) ?? unbegun(view, item)) : change.reason;
  return (
    <section aria-label="Checks">
      <div className="mb-1 flex items-center justify-between gap-2">
        <h3 className="microlabel">Checks</h3>
        {canRun && (
          <Button size="sm" pending={pending} disabledReason={why} onClick={() => void run()}>
            <Icon name="refresh" />
            Check now
          </Button>
        )}
      </div>
      <ul className="divide-y divide-line rounded-md border border-line">
        {item.checks.map((check) => (
          <li key={check.checker} className="px-3 py-2">
            <CheckHeading check={check} view={view} />
            {standingOf(item, check).map((standing) => (
              <ItemVerdict
                key={standing.entry.id}
                standing={standing}
                now={view.now}
                overrule={change.allowed ? view.abilities.overrule : change}
                onOverrule={() => setOverruling(standing.entry.id)}
              />
            ))}
          </li>
        ))}
      </ul>
      <FailureNotice failure={failure} />
      {overruling !== null && (
        <ReasonDialog
          title="Overrule the machine?"
          consequence="Its verdict counts as a pass until it says something new. Your name and reason stay on the record, and approvers see them."
          label="Why the verdict may be overruled"
          confirm="Overrule"
          underWay="Overruling…"
          danger
          action={overruleVerdictAction}
          toInput={(reason) => ({ deploymentId: view.id, evidenceId: overruling, reason })}
          onClose={() => setOverruling(null)}
        />
      )}
    </section>
  );
}

// Live checks look at what has begun: a look begins no phase.
function unbegun(view: DeploymentView, item: ItemView): string | undefined {
  const phase = phaseViewOf(view, item);
  return phase?.state === "ready" ? `${phase.title} has not begun; start it first` : undefined;
}

function CheckHeading({ check, view }: { check: CheckView; view: DeploymentView }) {
  const { title, kind, weight, configured, ranAt, labels, addressChanged } = check;
  return (
    <p className="flex flex-wrap items-baseline justify-between gap-x-2">
      <span className="font-medium">{title}</span>
      <span className="text-sm text-ink-faint">
        {kind === "report" && `report from a pipeline${labels.length > 0 ? `: ${labels.join(", ")}` : ""}`}
        {configured === false && <a href={`/services/${view.service.id}`}>give it an address</a>}
        {configured === true && (ranAt === null ? "not yet looked" : <Looked at={ranAt} now={view.now} />)}
        {addressChanged !== null && (
          <span className="text-attention-text">
            {" "}
            · address changed by {addressChanged.by} <Time at={addressChanged.at} now={view.now} />
          </span>
        )}
        {weight === "supports" && " · supports a person’s tick"}
      </span>
    </p>
  );
}

function Looked({ at, now }: { at: string; now: string }) {
  return (
    <>
      looked <Time at={at} now={now} />
    </>
  );
}

/** The newest verdict that counts for each label, in the order of their coming. */
function standingOf(item: ItemView, { checker }: CheckView): readonly Standing[] {
  const newest = new Map<string | null, Standing>();
  for (const entry of item.evidence) {
    const { content } = entry;
    if (!entry.counts || content.kind !== "check" || content.checker !== checker || newest.has(content.label))
      continue;
    newest.set(content.label, { entry, check: content });
  }
  return [...newest.values()];
}
