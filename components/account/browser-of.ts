const BROWSERS = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
] as const;

const SYSTEMS = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
] as const;

/** A browser in words, as far as it says so itself: `Firefox on Linux`. Only for people to recognise it. */
export function browserOf(agent: string | null): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(agent ?? ""))?.[1] ?? "A browser";
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent ?? ""))?.[1];
  return system === undefined ? browser : `${browser} on ${system}`;
}
