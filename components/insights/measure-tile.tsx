import type { ReactNode } from "react";
import { SMALL_SAMPLE } from "#lib/domain/insights.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Icon } from "#components/ui/icon.tsx";

interface MeasureTileProps {
  title: string;
  /** The one figure; null says that there is nothing to measure yet. */
  figure: ReactNode | null;
  /** What the figure is made of. */
  children: ReactNode;
  /** How many records it comes from: few are said to be few. */
  sample: number;
}

/** One measure: a large figure, and under it what it says and from how much. */
export function MeasureTile({ title, figure, children, sample }: MeasureTileProps) {
  return (
    <Panel aria-label={title} className="flex flex-col gap-1 p-4">
      <h2 className="microlabel">{title}</h2>
      <p className="text-2xl font-semibold tracking-tight tabular-nums">
        {figure ?? <span className="text-ink-faint">none yet</span>}
      </p>
      <div className="text-sm text-ink-muted">{children}</div>
      {figure !== null && sample < SMALL_SAMPLE && (
        <p className="mt-1 flex items-center gap-1.5 text-sm text-attention-text">
          <Icon name="info" className="size-3.5" />
          from {sample === 1 ? "one record" : `${sample} records`}
        </p>
      )}
    </Panel>
  );
}
