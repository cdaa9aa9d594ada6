import { plainJson } from "#lib/proof/plain-line.ts";
import { blockersIn, fieldOf, wordsOf } from "../client.ts";
import { positional, print, type Command } from "../command.ts";
import { EXIT } from "../exit.ts";

export const status: Command = {
  name: "status",
  usage: "status DEPLOYMENT [--json]",
  summary: "Show where a deployment stands",
  options: { json: { type: "boolean" } },
  takes: 1,
  run: async ({ client, values, positionals }) => {
    const record = await client.call("GET", `/deployments/${positional(positionals, 0, "DEPLOYMENT")}`);
    print(values["json"] === true ? plainJson(record, 2) : pictureOf(record));
    return EXIT.done;
  },
};

function pictureOf(record: unknown): string {
  const [service, details] = [fieldOf(record, "service"), fieldOf(record, "details")];
  const phases = listAt(record, "phases").map((phase) => {
    const [done, total] = [wordsOf(phase, "done"), wordsOf(phase, "total")];
    return `  ${wordsOf(phase, "label").padEnd(9)} ${wordsOf(phase, "title").padEnd(16)} ${done.padStart(3)}/${total}  ${wordsOf(phase, "state")}`;
  });
  const steps = listAt(fieldOf(record, "signOff"), "steps").map(
    (step) => `  ${wordsOf(step, "title").padEnd(18)} ${stateOf(step)}`,
  );
  const blockers = blockersIn(record).map((message) => `  · ${message}`);
  return [
    `${wordsOf(service, "name")} ${wordsOf(details, "version")} (${wordsOf(details, "commit")}) to ${wordsOf(details, "environment")}: ${wordsOf(record, "status")}`,
    "Phases",
    ...phases,
    "Sign-off",
    ...steps,
    ...(blockers.length === 0 ? [] : ["Awaited", ...blockers]),
  ].join("\n");
}

function stateOf(step: unknown): string {
  const [state, quorum] = [wordsOf(step, "state"), wordsOf(step, "quorum")];
  return quorum === "1" ? state : `${state}, ${wordsOf(step, "approved")} of ${quorum} approved`;
}

function listAt(json: unknown, name: string): readonly unknown[] {
  const value = fieldOf(json, name);
  return Array.isArray(value) ? value : [];
}
