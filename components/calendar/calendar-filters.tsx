import { FilterForm } from "#components/ui/filter-form.tsx";
import { FilterSelect } from "#components/ui/filter-select.tsx";
import { calendarHref, type CalendarQuery } from "./calendar-query.ts";

type Choices = Readonly<Record<"teams" | "environments", readonly string[]>>;

/** The filters of the calendar, kept in the address with where in time it is. */
export function CalendarFilters({ query, choices }: { query: CalendarQuery; choices: Choices }) {
  const { span, day, isToday, team, environment } = query;
  const filtered = team !== undefined || environment !== undefined;
  return (
    <FilterForm
      action="/calendar"
      label="Filter the calendar"
      clear={filtered ? calendarHref({ ...query, team: undefined, environment: undefined }) : null}
    >
      {span !== "month" && <input type="hidden" name="span" value={span} />}
      {!isToday && <input type="hidden" name="day" value={day} />}
      {(choices.teams.length > 1 || team !== undefined) && (
        <FilterSelect name="team" label="Team" all="Every team" value={team} options={choices.teams} />
      )}
      <FilterSelect
        name="environment"
        label="Environment"
        all="Every environment"
        value={environment}
        options={choices.environments}
      />
    </FilterForm>
  );
}
