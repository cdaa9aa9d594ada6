import type { ReactNode } from "react";
import { currentActor } from "#lib/auth/current-actor.ts";
import { ConnectionBar } from "#components/live/connection-bar.tsx";
import { now } from "#lib/clock.ts";
import { LiveProvider } from "#components/live/live-provider.tsx";

/** The frame of a page that fills a whole screen: live, and nothing around it. */
export default async function WallLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  if (actor === null) return children;
  return (
    <LiveProvider person={{ id: actor.id, name: actor.name }} now={now()}>
      <ConnectionBar />
      {children}
    </LiveProvider>
  );
}
