import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fieldOf, textOf, wordsOf, type Values } from "./client.ts";
import { tell } from "./command.ts";
import { EXIT, UsageError } from "./exit.ts";

export function readUpload(path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
}

/** What goes into the address of an upload: the checker and label of a report, and the file's name. */
export function uploadQuery(values: Values, path: string): string {
  const query = new URLSearchParams({ name: basename(path) });
  for (const name of ["checker", "label"]) {
    const value = textOf(values, name);
    if (value !== undefined) query.set(name, value);
  }
  return `?${query}`;
}

/** Tells each verdict; the exit code says whether all passed. */
export function tellVerdicts(answer: unknown): number {
  const verdicts = fieldOf(answer, "verdicts");
  if (!Array.isArray(verdicts)) return EXIT.done;
  for (const entry of verdicts) {
    const settled = fieldOf(entry, "settled") === true ? ", ticked" : "";
    tell(`${wordsOf(entry, "item")}: ${wordsOf(entry, "verdict")}${settled} (${wordsOf(entry, "summary")})`);
  }
  return verdicts.every((entry) => fieldOf(entry, "verdict") === "pass") ? EXIT.done : EXIT.refused;
}
