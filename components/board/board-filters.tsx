import Form from "next/form";
import { STATUSES, STATUS_TITLES } from "#lib/domain/status.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { WHEN, WHOSE, type BoardQuery } from "./board-query.ts";

type Choices = readonly (readonly [value: string, title: string])[];

type BoardFiltersProps = {
  readonly query: BoardQuery;
  /** The names of the teams whose records the reader sees. */
  readonly teams: readonly string[];
};

/** The filters are the URL: they can be shared, bookmarked and gone back from. */
export function BoardFilters({ query, teams }: BoardFiltersProps) {
  const filtered = Object.values(query).some((value) => value !== undefined && value !== "");
  const whens: Choices = Object.entries(WHEN).map(([key, { title }]) => [key, title]);
  return (
    <Form
      action="/deployments"
      className="flex flex-wrap items-center gap-2"
      role="search"
      aria-label="Filter deployments"
    >
      <div className="w-56 max-sm:w-full">
        <Input
          key={query.q}
          name="q"
          type="search"
          defaultValue={query.q}
          placeholder="Service, version, commit…"
          aria-label="Service, version, commit or environment"
        />
      </div>
      <Choice
        name="status"
        label="Status"
        value={query.status}
        any="Every status"
        choices={[
          ["open", "All that are open"],
          ...STATUSES.map((status) => [status, STATUS_TITLES[status]] as const),
        ]}
      />
      <Choice
        name="whose"
        label="Whose"
        value={query.whose}
        any="Everybody’s"
        choices={Object.entries(WHOSE)}
      />
      <Choice name="when" label="Deployment date" value={query.when} any="Any date" choices={whens} />
      {(teams.length > 1 || query.team !== undefined) && (
        <Choice
          name="team"
          label="Team"
          value={query.team}
          any="Every team"
          choices={teams.map((name) => [name, name])}
        />
      )}
      <Button type="submit">Filter</Button>
      {filtered && (
        <ButtonLink href="/deployments" variant="ghost">
          Clear
        </ButtonLink>
      )}
    </Form>
  );
}

type ChoiceProps = {
  readonly name: keyof BoardQuery;
  readonly label: string;
  readonly value: string | undefined;
  /** What no choice means. */
  readonly any: string;
  readonly choices: Choices;
};

function Choice({ name, label, value, any, choices }: ChoiceProps) {
  return (
    <Select
      key={value}
      name={name}
      defaultValue={value ?? ""}
      aria-label={label}
      className="w-40 max-sm:grow"
    >
      <option value="">{any}</option>
      {choices.map(([key, title]) => (
        <option key={key} value={key}>
          {title}
        </option>
      ))}
    </Select>
  );
}
