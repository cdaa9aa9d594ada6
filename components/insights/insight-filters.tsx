import { FilterForm } from "#components/ui/filter-form.tsx";
import { FilterSelect } from "#components/ui/filter-select.tsx";

export type InsightQuery = {
  readonly weeks?: string | undefined;
  readonly team?: string | undefined;
  readonly service?: string | undefined;
  readonly environment?: string | undefined;
};

const SPANS = [
  ["4", "4 weeks and this one"],
  ["12", "12 weeks and this one"],
  ["26", "26 weeks and this one"],
  ["52", "52 weeks and this one"],
] as const;

type Choices = Readonly<Record<"teams" | "services" | "environments", readonly string[]>>;

/** The filters of the insights, kept in the address. */
export function InsightFilters({ query, choices }: { query: InsightQuery; choices: Choices }) {
  const filtered = Object.values(query).some((value) => value !== undefined && value !== "");
  return (
    <FilterForm action="/insights" label="Filter the insights" clear={filtered ? "/insights" : null}>
      <FilterSelect
        name="weeks"
        label="How far back"
        value={query.weeks ?? "12"}
        options={SPANS}
        className="max-sm:grow sm:w-48"
      />
      {(choices.teams.length > 1 || query.team !== undefined) && (
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
    </FilterForm>
  );
}
