import type { Command } from "./command.ts";
import { COMMANDS } from "./commands.ts";

const width = Math.max(...COMMANDS.map(({ name }) => name.length));

export const OVERVIEW = `countersign: deployment sign-off from a pipeline, and its proof offline

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join("\n")}

COUNTERSIGN_URL and COUNTERSIGN_TOKEN say where and as whom; --url and --token-file do so too.
Exit codes: 0 done, open or whole, 1 refused, closed or broken, 2 timed out or unreadable,
3 could not ask, 64 wrong usage.
countersign COMMAND --help says more.
`;

export function helpFor({ usage, summary }: Command): string {
  return `countersign ${usage}\n\n${summary}\n`;
}
