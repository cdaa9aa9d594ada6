import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../runtime/paths.ts";

/** What `npm start`, tests and the demo's loading give to the processes that they start; nobody sets it. */
const INNER: ReadonlySet<string> = new Set([
  "APP_DATABASE_URL",
  "COUNTERSIGN_EVALUATION",
  "COUNTERSIGN_CLOCK_FILE",
]);
const OURS = /^(?:COUNTERSIGN_|GITHUB_|DATABASE_|APP_DATABASE_|PORT$|HOST$)/;

/** Settings that the program reads and `.env.example` or the README lacks, and such as it does not read. */
export function settingsProblems(): readonly string[] {
  const read = settingsRead();
  const named = new Set(namesIn(text(".env.example"), /^# ([A-Z_]+)=/gm));
  const explained = new Set(namesIn(text("README.md"), /`([A-Z][A-Z_]+)`/g));
  if (read.size === 0) return ["no setting was found in lib/env.ts"];
  return [
    ...[...read].filter((name) => !named.has(name)).map((name) => `.env.example lacks ${name}`),
    ...[...read].filter((name) => !explained.has(name)).map((name) => `README.md lacks ${name}`),
    ...[...named]
      .filter((name) => !read.has(name))
      .map((name) => `.env.example has ${name}, which nothing reads`),
  ];
}

function settingsRead(): ReadonlySet<string> {
  const inScripts = readdirSync(join(ROOT, "scripts"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.m?ts$/.test(file))
    .flatMap((file) => namesIn(text(join("scripts", file)), /process\.env\.([A-Z_]+)\b(?! = )/g));
  const all = [...namesIn(text("lib/env.ts"), /^ {2}([A-Z][A-Z_]+):/gm), ...inScripts];
  return new Set(all.filter((name) => OURS.test(name) && !INNER.has(name)));
}

function namesIn(content: string, pattern: RegExp): readonly string[] {
  return [...content.matchAll(pattern)].map(([, name = ""]) => name);
}

function text(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
