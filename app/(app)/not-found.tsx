import { currentActor } from "#lib/auth/current-actor.ts";
import { NothingHere } from "#components/shell/nothing-here.tsx";
import { SignedOutHeader } from "#components/shell/signed-out-header.tsx";

/** Inside the app's frame already. Next takes no metadata from a nested one, so the title stands in it. */
export default async function NotFoundInApp() {
  return (
    <>
      <title>Not found · Countersign</title>
      {(await currentActor()) === null && <SignedOutHeader />}
      <NothingHere />
    </>
  );
}
