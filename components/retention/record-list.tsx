import type { ReactNode } from "react";

type RecordListProps = {
  readonly records: readonly {
    readonly id: string;
    readonly title: string;
    readonly note: string;
    readonly action?: ReactNode;
  }[];
  readonly empty: string;
};

/** Records one under another, each with what is to be said of it. */
export function RecordList({ records, empty }: RecordListProps) {
  if (records.length === 0) return <p className="px-4 py-3 text-ink-muted">{empty}</p>;
  return (
    <ul className="divide-y divide-line">
      {records.map(({ id, title, note, action }) => (
        <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
          <div className="min-w-0">
            <a
              href={`/deployments/${id}/history`}
              className="font-medium break-words underline decoration-line-strong underline-offset-2"
            >
              {title}
            </a>
            <p className="text-sm break-words text-ink-faint">{note}</p>
          </div>
          {action}
        </li>
      ))}
    </ul>
  );
}
