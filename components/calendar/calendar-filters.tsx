import Form from "next/form";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import { calendarHref, type CalendarQuery } from "./calendar-query.ts";

type Choices = Readonly<Record<"teams" | "environments", readonly string[]>>;

/** The filters of the calendar, kept in the address with where in time it is. */
export function CalendarFilters({ query, choices }: { query: CalendarQuery; choices: Choices }) {
  const { span, day, isToday, team, environment } = query;
  return (
    <Form
      action="/calendar"
      className="flex flex-wrap items-center gap-2"
      role="search"
      aria-label="Filter the calendar"
    >
      {span !== "month" && <input type="hidden" name="span" value={span} />}
      {!isToday && <input type="hidden" name="day" value={day} />}
      {choices.teams.length > 1 && (
        <Select
          key={team}
          name="team"
          defaultValue={team ?? ""}
          aria-label="Team"
          className="max-sm:grow sm:w-44"
        >
          <option value="">Every team</option>
          {choices.teams.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      )}
      <Select
        key={environment}
        name="environment"
        defaultValue={environment ?? ""}
        aria-label="Environment"
        className="max-sm:grow sm:w-44"
      >
        <option value="">Every environment</option>
        {choices.environments.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <Button type="submit">Filter</Button>
      {(team !== undefined || environment !== undefined) && (
        <ButtonLink
          href={calendarHref({ ...query, team: undefined, environment: undefined })}
          variant="ghost"
        >
          Clear
        </ButtonLink>
      )}
    </Form>
  );
}
