"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** Stands for code that did not come. Whoever is offline keeps the page; an old page is read anew. */
export function NotLoaded({ onAgain }: { onAgain: () => Promise<void> }) {
  const [pending, setPending] = useState(false);
  const again = async () => {
    setPending(true);
    await onAgain().catch(reloadWhereReachable);
    setPending(false);
  };
  const online = useEffectEvent(again);
  useEffect(() => {
    const onOnline = () => void online();
    window.addEventListener("online", onOnline);
    return () => window.removeEventListener("online", onOnline);
  }, []);
  return (
    <div className="fixed inset-x-3 bottom-3 z-50 mx-auto max-w-lg shadow-popup">
      <Notice
        tone="attention"
        announce
        title="This could not be loaded"
        actions={
          <Button size="sm" pending={pending} onClick={() => void again()}>
            Try again
          </Button>
        }
      >
        You are offline, or the server was updated. The page as it stands is kept.
      </Notice>
    </div>
  );
}

// The files of an older build are gone from an updated server: the page itself is old.
async function reloadWhereReachable(): Promise<void> {
  const answer = await fetch("/api/health/live", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) window.location.reload();
}
