import Form from "next/form";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import { FilterSelect } from "#components/ui/filter-select.tsx";

export type InsightQuery = {
  readonly weeks?: string | undefined;
  readonly team?: string | undefined;
  readonly service?: string | undefined;
  readonly environment?: string | undefined;
};

const SPANS = [
  ["4", "4 weeks"],
  ["12", "12 weeks"],
  ["26", "26 weeks"],
  ["52", "A year"],
] as const;

type Choices = Readonly<Record<"teams" | "services" | "environments", readonly string[]>>;

/** The filters of the insights, kept in the address. */
export function InsightFilters({ query, choices }: { query: InsightQuery; choices: Choices }) {
  const filtered = Object.values(query).some((value) => value !== undefined && value !== "");
  return (
    <Form
      action="/insights"
      className="flex flex-wrap items-center gap-2"
      role="search"
      aria-label="Filter the insights"
    >
      <Select
        key={query.weeks}
        name="weeks"
        defaultValue={query.weeks ?? "12"}
        aria-label="How far back"
        className="max-sm:grow sm:w-32"
      >
        {SPANS.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </Select>
      {choices.teams.length > 1 && (
        <FilterSelect name="team" label="Team" all="Every team" value={query.team} options={choices.teams} />
      )}
      <FilterSelect
        name="service"
        label="Service"
        all="Every service"
        value={query.service}
        options={choices.services}
      />
      <FilterSelect
        name="environment"
        label="Environment"
        all="Every environment"
        value={query.environment}
        options={choices.environments}
      />
      <Button type="submit">Filter</Button>
      {filtered && (
        <ButtonLink href="/insights" variant="ghost">
          Clear
        </ButtonLink>
      )}
    </Form>
  );
}
