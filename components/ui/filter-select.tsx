import { Select } from "./select.tsx";

type FilterSelectProps = {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  /** What stands for no filter. */
  readonly all: string;
  /** Values with their titles; a value alone is its own title. */
  readonly options: readonly (string | readonly [value: string, title: string])[];
};

/** One filter of a list whose filters stand in the address. */
export function FilterSelect({ name, label, value = "", all, options }: FilterSelectProps) {
  return (
    <Select key={value} name={name} defaultValue={value} aria-label={label} className="max-sm:grow sm:w-44">
      <option value="">{all}</option>
      {options.map((option) => {
        const [key, title] = typeof option === "string" ? [option, option] : option;
        return (
          <option key={key} value={key}>
            {title}
          </option>
        );
      })}
    </Select>
  );
}
