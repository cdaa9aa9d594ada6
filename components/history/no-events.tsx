import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { EventQuery } from "./event-filters.tsx";

/** A history in which nothing was found, with the way back to all of it. */
export function NoEvents({ query, all }: { query: EventQuery; all: string }) {
  return (
    <EmptyState
      icon="search"
      title="Nothing found"
      action={<ButtonLink href={all}>Clear the filters</ButtonLink>}
    >
      {query.text ? (
        <>
          No event that fits these filters holds <q className="break-words">{query.text}</q>.
        </>
      ) : (
        "No event fits these filters."
      )}
    </EmptyState>
  );
}
