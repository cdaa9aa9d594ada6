import Form from "next/form";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Input } from "#components/ui/input.tsx";

/** Finds people by their name, address, role or team; what is asked stands in the address. */
export function PeopleSearch({ q }: { q: string | undefined }) {
  return (
    <Form action="/people" role="search" className="flex grow items-center gap-2">
      <Input
        key={q}
        type="search"
        name="q"
        defaultValue={q}
        maxLength={200}
        aria-label="Search people"
        placeholder="Name, e-mail, role or team"
        className="grow sm:w-60"
      />
      <Button type="submit">Search</Button>
      {q !== undefined && (
        <ButtonLink href="/people" variant="ghost">
          Clear
        </ButtonLink>
      )}
    </Form>
  );
}
