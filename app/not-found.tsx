import type { Metadata } from "next";
import { currentActor } from "#lib/auth/current-actor.ts";
import { NothingHere } from "#components/shell/nothing-here.tsx";
import { SignedOutHeader } from "#components/shell/signed-out-header.tsx";
import AppLayout from "./(app)/layout.tsx";

export const metadata: Metadata = { title: "Not found" };

/** For addresses that no page has: in the frame that the reader knows. */
export default async function NotFound() {
  return (
    <AppLayout>
      {(await currentActor()) === null && <SignedOutHeader />}
      <NothingHere />
    </AppLayout>
  );
}
