import Form from "next/form";
import { STATUSES, STATUS_TITLES } from "#lib/domain/status.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";

export type BoardQuery = {
  readonly q?: string | undefined;
  readonly status?: string | undefined;
  readonly awaiting?: string | undefined;
};

/** The filters are the URL: they can be shared, bookmarked and gone back from. */
export function BoardFilters({ query }: { query: BoardQuery }) {
  const filtered = Object.values(query).some((value) => value !== undefined && value !== "");
  return (
    <Form
      action="/deployments"
      className="flex flex-wrap items-center gap-2"
      role="search"
      aria-label="Filter deployments"
    >
      <div className="w-56">
        <Input
          key={query.q}
          name="q"
          type="search"
          defaultValue={query.q}
          placeholder="Service, version, commit…"
          aria-label="Service, version, commit or environment"
        />
      </div>
      <Select
        key={query.status}
        name="status"
        defaultValue={query.status ?? ""}
        aria-label="Status"
        className="w-48"
      >
        <option value="">Every status</option>
        <option value="open">All that are open</option>
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {STATUS_TITLES[status]}
          </option>
        ))}
      </Select>
      <Button type="submit">Filter</Button>
      {filtered && (
        <ButtonLink href="/deployments" variant="ghost">
          Clear
        </ButtonLink>
      )}
    </Form>
  );
}
