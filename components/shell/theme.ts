export const THEMES = ["system", "light", "dark"] as const;

export type Theme = (typeof THEMES)[number];

/** Read by the server, so that the first paint is right; written by the reader's own choice. */
export const THEME_COOKIE = "theme";

/** Anything unknown means: as the device has it. */
export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}
