import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";
import { ROLE_TITLES } from "#lib/domain/roles.ts";
import { Time } from "#components/ui/time.tsx";

/** Approvals and rejections that no longer stand, each with why; nothing is erased. */
export function VoidedApprovals({ view }: { view: DeploymentView }) {
  const { voided, answers } = view.signOff;
  if (voided.length === 0) return null;
  return (
    <Panel aria-labelledby="voided">
      <PanelHeader id="voided" title="No longer standing" />
      <ul className="divide-y divide-line">
        {voided.map((approval) => (
          <li key={approval.seq} className="px-4 py-2.5">
            <p className="flex flex-wrap items-center gap-x-2">
              <Badge tone="void">void</Badge>
              <span>
                {ROLE_TITLES[approval.role]}, round {approval.round}
              </span>
              <span className="text-sm text-ink-muted">
                {approval.decision} by {approval.signed.by.name}
                {approval.standsInFor !== null && ` for ${approval.standsInFor.name}`},{" "}
                <Time at={approval.signed.at} now={view.now} />
              </span>
            </p>
            {approval.comment && <p className="mt-0.5 text-ink-muted">“{approval.comment}”</p>}
            <p className="text-sm text-ink-faint">{approval.voided?.cause}</p>
          </li>
        ))}
      </ul>
      {answers.map(({ round, answered, answer }) => (
        <p key={round} className="border-t border-line px-4 py-2.5 text-sm text-ink-muted">
          {answered.by.name} answered the rejection of round {round}: “{answer}”
        </p>
      ))}
    </Panel>
  );
}
