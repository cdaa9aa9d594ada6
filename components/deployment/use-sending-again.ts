"use client";

import { useEffect } from "react";
import { useConnection } from "#components/live/live-provider.tsx";
import type { KeptChanges } from "./kept-changes.ts";

const RETRY_MS = 5_000;

type SendingAgain = {
  readonly kept: KeptChanges;
  readonly held: boolean;
  readonly send: (afterWaiting: boolean) => Promise<void>;
};

/** Sends what an earlier page could not, once this one is connected, and what this one could not, now and then. */
export function useSendingAgain({ kept, held, send }: SendingAgain): void {
  const { state } = useConnection();
  useEffect(() => {
    if (state === "connecting" || state === "signed-out" || !kept.any()) return;
    const soon = setTimeout(() => void send(true));
    return () => clearTimeout(soon);
  }, [kept, send, state]);
  useEffect(() => {
    if (!held) return;
    const retry = () => void send(true);
    const timer = setInterval(retry, RETRY_MS);
    window.addEventListener("online", retry);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", retry);
    };
  }, [held, send]);
}
