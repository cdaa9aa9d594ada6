import { useId } from "react";
import { DateInput } from "./date-input.tsx";

/** The two days between which a list lies, as filters that stand in the address. Both count, in UTC. */
export function DayRange({ from, to }: { from: string | undefined; to: string | undefined }) {
  return (
    <>
      <Day name="from" label="From" day={from} />
      <Day name="to" label="To" day={to} />
    </>
  );
}

function Day({ name, label, day }: { name: string; label: string; day: string | undefined }) {
  const id = useId();
  return (
    <div className="flex items-center gap-2 max-sm:w-full">
      <label htmlFor={id} className="text-sm text-ink-muted max-sm:w-10">
        {label}
      </label>
      <DateInput id={id} name={name} day={day} zone="UTC" placeholder="Any day" className="grow sm:w-44" />
    </div>
  );
}
