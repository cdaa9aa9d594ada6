import { COMPARED, type Difference } from "#lib/domain/compare.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

/** What differs between two moments, part by part: how it was, how it is. */
export function DifferenceList({ differences }: { differences: readonly Difference[] }) {
  if (differences.length === 0) {
    return (
      <Panel>
        <p className="px-4 py-3 text-ink-muted">Nothing differs: the record was the same at both moments.</p>
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
            <li
              key={`${title}${index}`}
              className="grid gap-x-4 px-4 py-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
            >
              <p className="font-medium break-words">{title}</p>
              <p className="break-words">
                <span className="text-ink-muted">{before ?? "not there"}</span>
                <Icon name="arrow-right" className="mx-1.5 inline size-3.5 align-[-0.125em] text-ink-faint" />
                <span className="sr-only">became</span> {after ?? "not there"}
              </p>
            </li>
          ))}
        </ul>
      </Panel>
    ));
}
