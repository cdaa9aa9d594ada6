import { blockersIn, fieldOf, oneLine } from "../client.ts";
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
    print(values["json"] === true ? JSON.stringify(record, null, 2) : pictureOf(record));
    return EXIT.done;
  },
};

function pictureOf(record: unknown): string {
  const text = (...path: readonly string[]) => oneLine(String(path.reduce<unknown>(fieldOf, record)));
  const phases = listAt(record, "phases").map((phase) => {
    const [title, label] = [String(fieldOf(phase, "title")), String(fieldOf(phase, "label"))];
    return `  ${label.padEnd(9)} ${title.padEnd(16)} ${String(fieldOf(phase, "done")).padStart(3)}/${String(fieldOf(phase, "total"))}  ${String(fieldOf(phase, "state"))}`;
  });
  const steps = listAt(fieldOf(record, "signOff"), "steps").map(
    (step) => `  ${String(fieldOf(step, "title")).padEnd(18)} ${stateOf(step)}`,
  );
  const blockers = blockersIn(record).map((message) => `  · ${message}`);
  return [
    `${text("service", "name")} ${text("details", "version")} (${text("details", "commit")}) to ${text("details", "environment")}: ${text("status")}`,
    "Phases",
    ...phases,
    "Sign-off",
    ...steps,
    ...(blockers.length === 0 ? [] : ["Awaited", ...blockers]),
  ].join("\n");
}

function stateOf(step: unknown): string {
  const [state, quorum] = [String(fieldOf(step, "state")), fieldOf(step, "quorum")];
  return quorum === 1
    ? state
    : `${state}, ${String(fieldOf(step, "approved"))} of ${String(quorum)} approved`;
}

function listAt(json: unknown, name: string): readonly unknown[] {
  const value = fieldOf(json, name);
  return Array.isArray(value) ? value : [];
}
