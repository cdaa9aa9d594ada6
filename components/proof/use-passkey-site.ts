"use client";

import { useSyncExternalStore } from "react";

/** The name of the site in the address bar, which says whose passkeys work; null before the browser knows. */
export function usePasskeySite(): string | null {
  return useSyncExternalStore(neverChanges, siteHere, () => null);
}

function siteHere(): string {
  return window.location.hostname;
}

function neverChanges(): () => void {
  return () => undefined;
}
