import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const SURFACES = ["canvas", "sunken", "surface", "raised", "hover"];
const TONES = ["done", "attention", "blocked", "waiting", "void"];
const TEXT = 4.5;
const MARK = 3;

const colors = readColors(readFileSync("app/globals.css", "utf8"));

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  test.each([
    ...pairs(["ink", "ink-muted", "ink-faint"], SURFACES, TEXT),
    ...pairs(["line-strong", "focus", ...TONES, ...TONES.map((tone) => `${tone}-border`)], SURFACES, MARK),
    ...pairs(
      TONES.map((tone) => `${tone}-text`),
      SURFACES,
      TEXT,
    ),
    ...TONES.flatMap((tone) =>
      pairs(["ink", "ink-muted", "ink-faint", `${tone}-text`], [`${tone}-surface`], TEXT),
    ),
    ...TONES.flatMap((tone) => pairs([tone, `${tone}-border`], [`${tone}-surface`], MARK)),
    ...pairs(["on-solid"], ["done", "blocked", "waiting", "void", "blocked-text"], TEXT),
    ...pairs(["on-action"], ["action", "action-hover"], TEXT),
    ...pairs(["proof"], ["action"], MARK),
    ...pairs(["surface"], ["ink"], TEXT),
  ])("%s on %s reaches %d : 1", (foreground, background, least) => {
    expect(contrast(color(foreground, theme), color(background, theme))).toBeGreaterThanOrEqual(least);
  });
});

function pairs(foregrounds: string[], backgrounds: string[], least: number): [string, string, number][] {
  return foregrounds.flatMap((foreground) =>
    backgrounds.map((background): [string, string, number] => [foreground, background, least]),
  );
}

function readColors(css: string): Map<string, { light: string; dark: string }> {
  const pattern = /--color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g;
  const found = new Map<string, { light: string; dark: string }>();
  for (const [, name = "", light = "", dark = ""] of css.matchAll(pattern)) found.set(name, { light, dark });
  return found;
}

function color(name: string, theme: "light" | "dark"): string {
  const shades = colors.get(name);
  if (shades === undefined) throw new Error(`app/globals.css has no colour ${name}`);
  return shades[theme];
}

/** WCAG 2.2: between 1 and 21. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
