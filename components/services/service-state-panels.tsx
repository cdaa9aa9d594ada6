import Link from "next/link";
import type { Verdict } from "#lib/domain/check-result.ts";
import type { ServiceState } from "#lib/queries/service-state.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";

type Props = { readonly state: ServiceState; readonly now: string };

/** What runs of a service where, and what its live checks saw last. */
export function ServiceStatePanels({ state: { running, checks }, now }: Props) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-2 lg:items-start">
      <Panel aria-labelledby="running">
        <PanelHeader
          id="running"
          title="Running"
          description="What reached T-0 last and was not rolled back."
        />
        {running.length === 0 && (
          <p className="px-4 py-3 text-ink-muted">No deployment that Countersign knows of.</p>
        )}
        <ul className="divide-y divide-line">
          {running.map(({ id, version, environment, at }) => (
            <li key={id} className="flex min-h-11 flex-wrap items-center gap-x-4 px-4 py-2">
              <span className="w-40 font-medium">{environment}</span>
              <Link
                href={`/deployments/${id}`}
                className="font-mono underline decoration-line-strong underline-offset-4 hover:decoration-ink"
              >
                {version}
              </Link>
              <span className="ml-auto text-sm text-ink-faint">
                since <Time at={at} now={now} exact />
              </span>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel aria-labelledby="checks-seen">
        <PanelHeader
          id="checks-seen"
          title="Last check results"
          description="What each live check saw last, on this service’s newest deployments."
        />
        {checks.length === 0 && <p className="px-4 py-3 text-ink-muted">No live check has looked yet.</p>}
        <ul className="divide-y divide-line">
          {checks.map(({ checker, title, verdict, summary, at }) => (
            <li key={`${checker} ${title}`} className="flex items-start gap-3 px-4 py-2">
              <Badge tone={VERDICTS[verdict].tone} className="mt-0.5">
                {VERDICTS[verdict].word}
              </Badge>
              <div className="min-w-0 grow">
                <p>{title}</p>
                <p className="text-sm break-words text-ink-muted">{summary}</p>
              </div>
              <Time at={at} now={now} className="text-sm whitespace-nowrap text-ink-faint" />
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

const VERDICTS: Readonly<Record<Verdict, { readonly tone: Tone; readonly word: string }>> = {
  pass: { tone: "done", word: "passes" },
  fail: { tone: "blocked", word: "fails" },
  unknown: { tone: "attention", word: "unknown" },
};
