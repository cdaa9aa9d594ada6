import { segmentLook, segmentsLook } from "./segment-look.ts";

export interface Segment<Value extends string> {
  value: Value;
  label: string;
  count?: number;
}

interface SegmentedControlProps<Value extends string> {
  name: string;
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
}

/** One choice out of few, held by the page itself. Native radios: arrows move, one tab stop. */
export function SegmentedControl<Value extends string>({
  name,
  label,
  segments,
  value,
  onValueChange,
}: SegmentedControlProps<Value>) {
  return (
    <fieldset data-filter aria-label={label} className={segmentsLook}>
      {segments.map((segment) => (
        <label key={segment.value} className={segmentLook}>
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={segment.value === value}
            onChange={() => onValueChange(segment.value)}
          />
          {segment.label}
          {segment.count !== undefined && (
            <span className="text-ink-faint tabular-nums">{segment.count}</span>
          )}
        </label>
      ))}
    </fieldset>
  );
}
