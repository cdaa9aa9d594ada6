import type { ReactNode } from "react";
import { Panel } from "#components/ui/panel.tsx";
import { Icon } from "#components/ui/icon.tsx";

interface MeasureTileProps {
  title: string;
  /** The one figure; null says that there is nothing to measure yet. */
  figure: ReactNode | null;
  /** What the figure is made of. */
  children: ReactNode;
  /** How many records it comes from, where they are few and the page has not said so. */
  few?: number | undefined;
}

/** One measure: a large figure, and under it what it says and from how much. */
export function MeasureTile({ title, figure, children, few }: MeasureTileProps) {
  return (
    <Panel aria-label={title} className="flex flex-col gap-1 p-4">
      <h2 className="microlabel">{title}</h2>
      <p className="text-2xl font-semibold tabular-nums">
        {figure ?? <span className="text-base font-normal text-ink-faint">None yet</span>}
      </p>
      <div className="text-sm text-pretty text-ink-muted">{children}</div>
      {figure !== null && few !== undefined && (
        <p className="mt-1 flex items-center gap-1.5 text-sm text-ink-muted">
          <Icon name="info" className="size-3.5" />
          {few === 1 ? "from one alone" : `from ${few} alone`}
        </p>
      )}
    </Panel>
  );
}
