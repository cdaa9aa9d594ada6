import { FilterForm } from "#components/ui/filter-form.tsx";
import { FilterSearch } from "#components/ui/filter-search.tsx";

/** Finds people by their name, address, role or team; what is asked stands in the address. */
export function PeopleSearch({ q }: { q: string | undefined }) {
  return (
    <FilterForm
      action="/people"
      label="Search people"
      clear={q === undefined ? null : "/people"}
      className="flex grow items-center gap-2"
    >
      <FilterSearch
        name="q"
        value={q}
        maxLength={200}
        aria-label="Search people"
        placeholder="Name, e-mail, role or team"
        className="grow sm:w-60"
      />
    </FilterForm>
  );
}
