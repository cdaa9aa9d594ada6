import { DayRange } from "#components/ui/day-range.tsx";
import { FilterForm } from "#components/ui/filter-form.tsx";
import { FilterSearch } from "#components/ui/filter-search.tsx";
import { FilterSelect } from "#components/ui/filter-select.tsx";

export type EventQuery = {
  readonly text?: string | undefined;
  readonly type?: string | undefined;
  readonly actor?: string | undefined;
  readonly service?: string | undefined;
  readonly item?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

const TYPES: readonly (readonly [string, string])[] = [
  ["deployment.", "Deployments"],
  ["phase.", "Phases"],
  ["item.", "Items"],
  ["evidence.", "Evidence"],
  ["approval.", "Approvals and rejections"],
  ["sign-off.", "Approvals made void"],
  ["rejection.", "Answers to rejections"],
  ["rollback.", "Rollbacks"],
  ["legal-hold.", "Legal holds"],
];

const INSTALLATION_TYPES: readonly (readonly [string, string])[] = [
  ["person.", "People"],
  ["role.", "Roles"],
  ["team.", "Teams"],
  ["retention.", "Retention"],
];

type EventFiltersProps = {
  readonly action: string;
  readonly query: EventQuery;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Given on the page over all records. */
  readonly services?: readonly string[];
};

/** The filters of a history, kept in the address. */
export function EventFilters({ action, query, people, services }: EventFiltersProps) {
  const types = services === undefined ? TYPES : [...TYPES, ...INSTALLATION_TYPES];
  const filtered = Object.values(query).some((value) => value !== undefined && value !== "");
  return (
    <FilterForm action={action} label="Filter the history" clear={filtered ? action : null}>
      {query.item && <input type="hidden" name="item" value={query.item} />}
      <div className="w-full sm:max-w-64 sm:min-w-40 sm:flex-1">
        <FilterSearch
          name="text"
          value={query.text}
          maxLength={200}
          aria-label="Text, id or digest"
          placeholder="Text, id or digest"
        />
      </div>
      <FilterSelect name="type" label="What" value={query.type} all="Everything" options={types} />
      <FilterSelect
        name="actor"
        label="Who"
        value={query.actor}
        all="Everybody"
        options={people.map(({ id, name }) => [id, name])}
      />
      {services && (
        <FilterSelect
          name="service"
          label="Service"
          value={query.service}
          all="Every service"
          options={services.map((service) => [service, service])}
        />
      )}
      {services && <DayRange from={query.from} to={query.to} />}
    </FilterForm>
  );
}
