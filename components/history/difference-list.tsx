import { COMPARED, type Difference } from "#lib/domain/compare.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

/** What differs between two moments, part by part: how it was, how it is. */
export function DifferenceList({ differences }: { differences: readonly Difference[] }) {
  if (differences.length === 0) {
    return (
      <Panel>
        <EmptyState icon="check-all" title="Nothing differs">
          The record was the same at both moments.
        </EmptyState>
      </Panel>
    );
  }
  const parts = COMPARED.map((part) => ({ part, found: differences.filter((entry) => entry.part === part) }));
  return parts
    .filter(({ found }) => found.length > 0)
    .map(({ part, found }) => (
      <Panel key={part} aria-labelledby={`differ-${part}`}>
        <PanelHeader
          id={`differ-${part}`}
          title={part}
          actions={<span className="text-sm text-ink-faint">{found.length}</span>}
        />
        <ul className="divide-y divide-line">
          {found.map(({ title, before, after }, index) => (
            <li key={`${title}${index}`} className="px-4 py-2">
              <p className="font-medium break-words">{title}</p>
              <dl className="mt-0.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-sm">
                <dt className="text-ink-faint">was</dt>
                <dd className="break-words text-ink-muted">{before ?? "not there"}</dd>
                <dt className="text-ink-faint">is</dt>
                <dd className="break-words">{after ?? "not there"}</dd>
              </dl>
            </li>
          ))}
        </ul>
      </Panel>
    ));
}
