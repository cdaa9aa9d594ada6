import type { Metadata } from "next";
import { PlainPage } from "#components/shell/plain-page.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <PlainPage
      title="There is nothing here for you"
      actions={
        <ButtonLink href="/" variant="primary">
          Go to your work
        </ButtonLink>
      }
    >
      The address may be wrong, or it belongs to a team whose records you cannot see.
    </PlainPage>
  );
}
