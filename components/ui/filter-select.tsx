"use client";

import { useState } from "react";
import { Select } from "./select.tsx";

type FilterSelectProps = {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  /** What stands for no filter; without it the first option does. */
  readonly all?: string;
  /** Values with their titles; a value alone is its own title. */
  readonly options: readonly (string | readonly [value: string, title: string])[];
  readonly className?: string;
};

/** One filter of a list whose filters stand in the address; it follows the address and keeps the focus. */
export function FilterSelect({ name, label, value = "", all, options, className }: FilterSelectProps) {
  const [given, setGiven] = useState(value);
  const [chosen, choose] = useState(value);
  if (given !== value) {
    setGiven(value);
    choose(value);
  }
  const known = options.map((option) => (typeof option === "string" ? ([option, option] as const) : option));
  return (
    <Select
      name={name}
      value={chosen}
      onChange={(event) => choose(event.target.value)}
      aria-label={label}
      className={className ?? "max-sm:grow sm:w-44"}
    >
      {all !== undefined && <option value="">{all}</option>}
      {known.map(([key, title]) => (
        <option key={key} value={key}>
          {title}
        </option>
      ))}
      {/* What the address asks for is shown, even where nothing of that name is there to choose. */}
      {chosen !== "" && known.every(([key]) => key !== chosen) && <option value={chosen}>{chosen}</option>}
    </Select>
  );
}
