import { STATUSES, STATUS_TITLES } from "#lib/domain/status.ts";
import { FilterForm } from "#components/ui/filter-form.tsx";
import { FilterSearch } from "#components/ui/filter-search.tsx";
import { FilterSelect } from "#components/ui/filter-select.tsx";
import { WHEN, WHOSE, type BoardQuery } from "./board-query.ts";

type BoardFiltersProps = {
  readonly query: BoardQuery;
  /** The names of the teams whose records the reader sees. */
  readonly teams: readonly string[];
};

/** The filters are the URL: they can be shared, bookmarked and gone back from. */
export function BoardFilters({ query, teams }: BoardFiltersProps) {
  const filtered = Object.values(query).some((value) => value !== undefined && value !== "");
  const whens = Object.entries(WHEN).map(([key, { title }]) => [key, title] as const);
  return (
    <FilterForm action="/deployments" label="Filter deployments" clear={filtered ? "/deployments" : null}>
      <div className="w-56 max-sm:w-full">
        <FilterSearch
          name="q"
          value={query.q}
          placeholder="Service, version, commit…"
          aria-label="Service, version, commit or environment"
        />
      </div>
      <FilterSelect
        name="status"
        label="Status"
        value={query.status}
        all="Any status"
        options={[
          ["open", "All that are open"],
          ...STATUSES.map((status) => [status, STATUS_TITLES[status]] as const),
        ]}
      />
      <FilterSelect
        name="whose"
        label="Whose"
        value={query.whose}
        all="Anyone’s turn"
        options={Object.entries(WHOSE)}
      />
      <FilterSelect name="when" label="Deployment date" value={query.when} all="Any date" options={whens} />
      {(teams.length > 1 || query.team !== undefined) && (
        <FilterSelect name="team" label="Team" value={query.team} all="Any team" options={teams} />
      )}
    </FilterForm>
  );
}
