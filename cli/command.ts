import type { ParseArgsOptionsConfig } from "node:util";
import { plainLine } from "#lib/proof/plain-line.ts";
import type { Client, Values } from "./client.ts";
import { UsageError } from "./exit.ts";

export type Invocation = {
  /** The server and token; looked for when first asked, so that what needs none works offline. */
  readonly client: Client;
  readonly values: Values;
  readonly positionals: readonly string[];
};

export type Command = {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly options: ParseArgsOptionsConfig;
  /** How many arguments it takes at most; any number without. */
  readonly takes?: number;
  /** Answers with the exit code. */
  readonly run: (invocation: Invocation) => Promise<number>;
};

/** The positional arguments by name. Throws `UsageError` when one is missing. */
export function positional(positionals: readonly string[], index: number, name: string): string {
  const value = positionals[index];
  if (value === undefined) throw new UsageError(`${name} is missing`);
  return encodeURIComponent(value);
}

export function print(text: string): void {
  process.stdout.write(`${plainLines(text)}\n`);
}

/** For people who watch; what programs read goes to standard output. */
export function tell(text: string): void {
  process.stderr.write(`${plainLines(text)}\n`);
}

// Whatever a command says of a record or a bundle came from others.
function plainLines(text: string): string {
  return text.split("\n").map(plainLine).join("\n");
}
