import type { ItemRate } from "#lib/queries/item-rates.ts";
import { Meter } from "#components/ui/meter.tsx";

type ItemRatesListProps = {
  readonly items: readonly ItemRate[];
  readonly of: "waived" | "late";
};

const SHOWN = 8;

/** The items that stand out, most first, each with how often of how many. */
export function ItemRatesList({ items, of }: ItemRatesListProps) {
  const most = items
    .filter((item) => item[of] > 0)
    .toSorted((a, b) => b[of] - a[of] || a.title.localeCompare(b.title))
    .slice(0, SHOWN);
  if (most.length === 0) return <p className="p-4 text-ink-muted">None in this time.</p>;
  return (
    <ol className="divide-y divide-line">
      {most.map((item) => (
        <li key={item.key} className="grid grid-cols-[minmax(0,1fr)_4rem_auto] items-center gap-3 px-4 py-2">
          <span className="wrap-anywhere">{item.title}</span>
          <Meter label={`${item.title}, ${of}`} value={item[of]} max={item.records} tone="attention" />
          <span className="text-sm text-ink-muted tabular-nums">
            {item[of]} of {item.records}
          </span>
        </li>
      ))}
    </ol>
  );
}
