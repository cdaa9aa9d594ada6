import { SECURITY_KINDS } from "#lib/domain/security-log.ts";
import { DayRange } from "#components/ui/day-range.tsx";
import { FilterForm } from "#components/ui/filter-form.tsx";
import { FilterSearch } from "#components/ui/filter-search.tsx";
import { FilterSelect } from "#components/ui/filter-select.tsx";

type SecurityFiltersProps = {
  readonly query: Readonly<
    Partial<Record<"kind" | "person" | "address" | "from" | "to", string | undefined>>
  >;
  readonly people: readonly { readonly id: string; readonly name: string }[];
};

/** The filters of the security log, kept in the address. */
export function SecurityFilters({ query, people }: SecurityFiltersProps) {
  const filtered = Object.values(query).some((value) => value !== undefined && value !== "");
  return (
    <FilterForm
      action="/security-log"
      label="Filter the security log"
      clear={filtered ? "/security-log" : null}
    >
      <FilterSelect
        name="kind"
        label="What"
        value={query.kind}
        all="Everything"
        options={Object.entries(SECURITY_KINDS)}
      />
      <FilterSelect
        name="person"
        label="Who"
        value={query.person}
        all="Everybody"
        options={people.map(({ id, name }) => [id, name])}
      />
      <div className="w-44 max-sm:w-full">
        <FilterSearch
          name="address"
          value={query.address}
          aria-label="Address"
          placeholder="IP address"
          mono
        />
      </div>
      <DayRange from={query.from} to={query.to} />
    </FilterForm>
  );
}
