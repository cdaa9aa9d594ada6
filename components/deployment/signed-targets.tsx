import { DEFAULT_SLO_TARGETS, isEasier } from "#lib/domain/slo.ts";
import type { DeploymentView, SloView } from "#lib/queries/deployment-view.ts";
import { targetInSigns } from "./target-in-signs.ts";

/** What the evidence is judged against, with those targets marked that are easier to meet than the usual ones. */
export function SignedTargets({ slo }: { slo: DeploymentView["slo"] }) {
  return (
    <section aria-label="SLO targets">
      <h3 className="microlabel mb-1">SLO targets</h3>
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {slo.map((target) => (
          <li key={target.metric}>
            <span className="text-ink-muted">{target.title}</span>{" "}
            <span className="font-mono whitespace-nowrap">{targetInSigns(target)}</span>
            {isEasierThanUsual(target) && (
              <span className="ml-1.5 inline-block text-sm text-attention-text">
                easier than {usually(target)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same for the moment of signing; null where all are as hard as usual. */
export function easierTargets({ slo }: DeploymentView): string | null {
  const easier = slo.filter(isEasierThanUsual);
  if (easier.length === 0) return null;
  const each = easier.map((target) => `${target.title} ${targetInSigns(target)} (${usually(target)})`);
  return `Targets easier than usual: ${each.join(", ")}.`;
}

function isEasierThanUsual({ metric, target }: SloView): boolean {
  return isEasier(metric, target, DEFAULT_SLO_TARGETS[metric]);
}

function usually(view: SloView): string {
  return `the usual ${targetInSigns({ ...view, target: DEFAULT_SLO_TARGETS[view.metric] })}`;
}
