import type { CheckEvidence, Evidence } from "#lib/domain/evidence.ts";
import type { Ability } from "#lib/queries/deployment-view.ts";
import { whyNot } from "#components/forms/why-not.ts";
import { Button } from "#components/ui/button.tsx";
import { Time } from "#components/ui/time.tsx";
import { CheckFindings } from "./check-findings.tsx";
import { VerdictBadge } from "./verdict-badge.tsx";

export type Standing = { readonly entry: Evidence; readonly check: CheckEvidence };

type ItemVerdictProps = {
  readonly standing: Standing;
  readonly now: string;
  readonly overrule: Ability;
  readonly onOverrule: () => void;
};

/** What a checker said last: the verdict, why, for how long it counts, and who overruled it. */
export function ItemVerdict({ standing: { entry, check }, now, overrule, onOverrule }: ItemVerdictProps) {
  const { overruled } = entry;
  return (
    <div className="mt-1.5">
      <p className="flex flex-wrap items-center gap-x-2">
        <VerdictBadge verdict={check.verdict} overruled={overruled !== null} />
        {check.label !== null && <span className="font-medium">{check.label}</span>}
        <span className="text-sm text-ink-faint">
          <Time at={entry.recorded.at} now={now} />
          {check.validUntil !== null && (
            <>
              , counts until <Time at={check.validUntil} now={now} />
            </>
          )}
        </span>
      </p>
      <p className="mt-0.5 break-words">{check.summary}</p>
      <CheckFindings check={check} />
      {overruled !== null && (
        <p className="mt-1 border-l-2 border-attention-border pl-2 text-sm text-ink-muted">
          {overruled.by.name} overruled it, <Time at={overruled.at} now={now} />: “{overruled.reason}”
        </p>
      )}
      {check.verdict !== "pass" && overruled === null && (
        <Button size="sm" className="mt-1.5" disabledReason={whyNot(overrule)} onClick={onOverrule}>
          Overrule…
        </Button>
      )}
    </div>
  );
}
