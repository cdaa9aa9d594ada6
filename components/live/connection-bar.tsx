"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { byServer } from "#components/clock/server-clock.ts";
import { useKeptTicks } from "./kept-ticks.ts";
import { useConnection } from "./live-provider.tsx";
import { SignInAgain } from "./sign-in-again.tsx";

/** A stream that is back within so long was hardly away. */
const PATIENCE_MS = 2_500;

/** Says calmly, on every page, that what it shows may be old, since when, and what becomes of clicks. */
export function ConnectionBar() {
  const connection = useConnection();
  const online = useSyncExternalStore(
    onLineChange,
    () => navigator.onLine,
    () => true,
  );
  const kept = useKeptTicks().length;
  const since = "since" in connection ? connection.since : null;
  const long = useIsLong(since);
  const at = since === null ? null : `${new Date(byServer(since)).toISOString().slice(11, 16)} UTC`;
  const said = sentenceOf(connection.state, online, long, at, kept);
  return (
    <div role="status" className="contents">
      {said !== null && (
        <div className="sticky top-0 z-20 border-b border-attention-border/50 bg-attention-surface">
          <p className="mx-auto flex max-w-page items-start gap-2 px-3 py-1.5 text-sm sm:px-5">
            <Icon name={said.icon} className="mt-px size-4 text-attention-text" />
            <span>
              <strong className="font-semibold text-attention-text">{said.title}</strong> {said.text}{" "}
              {connection.state === "signed-out" && <SignInAgain />}
            </span>
          </p>
        </div>
      )}
    </div>
  );
}

type Said = { readonly icon: IconName; readonly title: string; readonly text: string };

function sentenceOf(
  state: string,
  online: boolean,
  long: boolean,
  at: string | null,
  kept: number,
): Said | null {
  if (state === "signed-out")
    return {
      icon: "sign-out",
      title: "Your session has ended.",
      text: `You see the state of ${at}; what you typed stays.`,
    };
  const ticks =
    kept === 0
      ? "What you tick is kept, and sent when the connection is back."
      : `${kept === 1 ? "1 change is" : `${kept} changes are`} kept here, and sent when the connection is back.`;
  if (!online)
    return {
      icon: "void",
      title: at === null ? "Offline." : `Offline since ${at}.`,
      text: `You see the last state. ${ticks}`,
    };
  if (state === "away" && long)
    return {
      icon: "refresh",
      title: `No live connection since ${at}.`,
      text: `What others do may arrive late. ${ticks}`,
    };
  return null;
}

// Short breaks pass without a sign.
function useIsLong(since: number | null): boolean {
  const [longSince, setLongSince] = useState<number | null>(null);
  useEffect(() => {
    if (since === null) return;
    const timer = setTimeout(() => setLongSince(since), Math.max(0, since + PATIENCE_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [since]);
  return since !== null && longSince === since;
}

function onLineChange(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
