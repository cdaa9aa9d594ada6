import Form from "next/form";
import { SECURITY_KINDS } from "#lib/domain/security-log.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Button } from "#components/ui/button.tsx";
import { DayRange } from "#components/ui/day-range.tsx";
import { FilterSelect } from "#components/ui/filter-select.tsx";
import { Input } from "#components/ui/input.tsx";

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
    <Form
      action="/security-log"
      className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap"
      role="search"
      aria-label="Filter the security log"
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
      <div className="max-sm:col-span-2 sm:w-44">
        <Input
          name="address"
          aria-label="Address"
          placeholder="IP address"
          defaultValue={query.address}
          key={`address${query.address}`}
          mono
        />
      </div>
      <DayRange from={query.from} to={query.to} />
      <Button type="submit">Filter</Button>
      {filtered && (
        <ButtonLink href="/security-log" variant="ghost">
          Clear
        </ButtonLink>
      )}
    </Form>
  );
}
