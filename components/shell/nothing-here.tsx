import { ButtonLink } from "#components/ui/button-link.tsx";
import { PlainPage } from "./plain-page.tsx";

/** What an address says that leads nowhere, or to what the reader may not see. */
export function NothingHere() {
  return (
    <PlainPage
      title="Not found, or not shared with you"
      actions={
        <>
          <ButtonLink href="/" variant="primary">
            Go to your work
          </ButtonLink>
          <ButtonLink href="/deployments">Find a deployment</ButtonLink>
        </>
      }
    >
      The address may be wrong, or it belongs to a team whose records you cannot see.
    </PlainPage>
  );
}
