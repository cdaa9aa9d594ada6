import Link from "next/link";
import { ROLE_TITLES } from "#lib/domain/roles.ts";
import type { BoardRow } from "#lib/queries/board.ts";
import type { AwaitedRecord } from "#lib/queries/list-mine.ts";
import { asRoute } from "#components/ui/as-route.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

type AwaitsMeProps = {
  readonly toSign: readonly BoardRow[];
  readonly awaited: readonly AwaitedRecord[];
};

/** Signatures, answers and reviews that wait for this person; nothing when none does. */
export function AwaitsMe({ toSign, awaited }: AwaitsMeProps) {
  const lines = [
    ...toSign.map((record) => ({ record, icon: "signature" as const, words: wordsFor(record) })),
    ...awaited.map((record) =>
      record.awaits === "answer"
        ? { record, icon: "blocked" as const, words: "Answer the rejection of" }
        : { record, icon: "siren" as const, words: "Review the broken glass of" },
    ),
  ];
  if (lines.length === 0) return null;
  return (
    <Panel aria-labelledby="awaits-me">
      <PanelHeader id="awaits-me" title="Waits for you" />
      <ul className="divide-y divide-line">
        {lines.map(({ record, icon, words }) => (
          <li key={`${record.id} ${words}`}>
            <Link
              href={asRoute(`/deployments/${record.id}/sign-off`)}
              className="flex min-h-11 items-center gap-3 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2"
            >
              <Icon name={icon} className="size-4 text-waiting-text" />
              <span>
                {words} <span className="font-medium">{record.service}</span>{" "}
                <span className="ml-1 font-mono">{record.version}</span>
                <span className="text-sm text-ink-faint"> · {record.environment}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function wordsFor({ breakGlass, awaitsMeAs }: BoardRow): string {
  if (breakGlass === "requested") return "Confirm the break glass of";
  return awaitsMeAs === null ? "Sign as a stand-in:" : `Sign as ${ROLE_TITLES[awaitsMeAs]}:`;
}
