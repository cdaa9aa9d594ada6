"use client";

import { useState } from "react";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { THEME_COOKIE, type Theme } from "./theme.ts";

const CHOICES: { value: Theme; label: string }[] = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Takes effect at once, and is remembered for the server in a cookie. */
export function ThemeChoice({ theme }: { theme: Theme }) {
  const [chosen, setChosen] = useState(theme);

  function choose(next: Theme) {
    setChosen(next);
    document.documentElement.dataset["theme"] = next;
    const secure = window.location.protocol === "https:" ? "; secure" : "";
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax${secure}`;
  }

  return (
    <SegmentedControl name="theme" label="Theme" segments={CHOICES} value={chosen} onValueChange={choose} />
  );
}
