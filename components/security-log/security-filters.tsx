import Form from "next/form";
import { SECURITY_KINDS } from "#lib/domain/security-log.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Button } from "#components/ui/button.tsx";
import { DayRange } from "#components/ui/day-range.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";

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
      <Select
        name="kind"
        aria-label="What"
        defaultValue={query.kind ?? ""}
        key={`kind${query.kind}`}
        className="sm:w-56"
      >
        <option value="">Everything</option>
        {Object.entries(SECURITY_KINDS).map(([kind, title]) => (
          <option key={kind} value={kind}>
            {title}
          </option>
        ))}
      </Select>
      <Select
        name="person"
        aria-label="Who"
        defaultValue={query.person ?? ""}
        key={`person${query.person}`}
        className="sm:w-44"
      >
        <option value="">Everybody</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <div className="max-sm:col-span-2 sm:w-44">
        <Input
          name="address"
          aria-label="Address"
          placeholder="From this address"
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
