"use client";

import { useEffect, useState } from "react";
import { Icon } from "./icon.tsx";
import { LiveRegion } from "./live-region.tsx";

interface CopyButtonProps {
  /** What lands on the clipboard, whole. */
  value: string;
  /** What stands on screen: the first digits. */
  shown?: string;
  /** Names the value: 'commit', 'digest'. */
  label: string;
}

/** A commit or a digest, one press away from the clipboard. */
export function CopyButton({ value, shown = value, label }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused">();

  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  function copy() {
    // The clipboard is missing on a plain-http address other than loopback.
    const written = navigator.clipboard?.writeText(value) ?? Promise.reject(new Error("no clipboard"));
    written.then(
      () => setOutcome("copied"),
      () => setOutcome("refused"),
    );
  }

  return (
    <>
      <button
        type="button"
        onClick={copy}
        title={`Copy ${label} ${value}`}
        aria-label={`Copy ${label} ${shown}`}
        className="touch-target group inline-flex items-center gap-1 rounded-sm font-mono text-[0.9286em] text-ink-muted hover:text-ink"
      >
        {shown}
        <Icon
          name={outcome === "copied" ? "check" : "copy"}
          className={
            outcome === "copied" ? "size-3 text-done-text" : "size-3 text-ink-faint group-hover:text-ink"
          }
        />
      </button>
      <LiveRegion message={announcement(outcome, label)} />
    </>
  );
}

function announcement(outcome: "copied" | "refused" | undefined, label: string): string {
  if (outcome === "copied") return `Copied the ${label}.`;
  if (outcome === "refused") return `The browser did not allow copying the ${label}.`;
  return "";
}
