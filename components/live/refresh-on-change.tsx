"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { LiveMessage } from "./live-message.ts";
import { useLive } from "./live-provider.tsx";

/** At most so often, however much happens. */
const REST_MS = 600;

type RefreshOnChangeProps = {
  /** On this record alone. */
  readonly deployment?: string;
  /** When what one was told of changes, or what stands around records does, instead of when a record does. */
  readonly of?: "notifications" | "surroundings";
};

/** Reads a page anew when something happens on a record that it shows. */
export function RefreshOnChange({ deployment, of }: RefreshOnChangeProps) {
  const router = useRouter();
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const again = useRef(false);
  const refresh = () => {
    if (rest.current !== undefined) {
      again.current = true;
      return;
    }
    router.refresh();
    rest.current = setTimeout(() => {
      rest.current = undefined;
      if (again.current) refresh();
      again.current = false;
    }, REST_MS);
  };
  useEffect(() => () => clearTimeout(rest.current), []);
  useLive((message) => {
    if (of === undefined ? concerns(message, deployment) : message.kind === KINDS[of]) refresh();
  });
  return null;
}

const KINDS = { notifications: "unread", surroundings: "surroundings" } as const;

function concerns(message: LiveMessage, deployment: string | undefined): boolean {
  if (message.kind === "change") return deployment === undefined || message.event.deployment === deployment;
  if (message.kind === "ready") return true;
  return deployment === undefined && (message.kind === "installation" || message.kind === "surroundings");
}
