import { parseArgs } from "node:util";
import { COMMANDS } from "./commands.ts";
import { exitCodeOf, EXIT, UsageError } from "./exit.ts";
import { helpFor, OVERVIEW } from "./help.ts";
import { connect } from "./client.ts";
import { tell } from "./command.ts";
import manifest from "../package.json" with { type: "json" };

// One file of JavaScript when it is built: a pipeline needs Node, this file, and a token.
const [name, ...args] = process.argv.slice(2);
const command = COMMANDS.find((candidate) => candidate.name === name);

if (name === undefined || name === "--help" || name === "-h" || name === "help") {
  process.stdout.write(OVERVIEW);
} else if (name === "--version") {
  process.stdout.write(`${manifest.version}\n`);
} else if (command === undefined) {
  tell(`There is no command “${name}”.\n\n${OVERVIEW.trimEnd()}`);
  process.exitCode = EXIT.usage;
} else {
  process.exitCode = await run();
}

async function run(): Promise<number> {
  if (command === undefined) return EXIT.usage;
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(helpFor(command));
    return EXIT.done;
  }
  try {
    const { values, positionals } = parse();
    const extra = positionals[command.takes ?? positionals.length];
    if (extra !== undefined) throw new UsageError(`“${extra}” is one argument too many`);
    return await command.run({
      get client() {
        return connect(values);
      },
      values,
      positionals,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell(message);
    if (error instanceof UsageError) tell(`\n${helpFor(command).trimEnd()}`);
    return exitCodeOf(error);
  }
}

function parse() {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { ...command?.options, url: { type: "string" }, "token-file": { type: "string" } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
