import { textOf } from "../client.ts";
import { positional, type Command } from "../command.ts";
import { EXIT, UsageError } from "../exit.ts";
import { tellVerdicts } from "../upload.ts";

export const tick: Command = {
  name: "tick",
  usage: "tick DEPLOYMENT ITEM…",
  summary: "Tick items of the open phase",
  options: {},
  run: async ({ client, positionals }) => {
    const id = positional(positionals, 0, "DEPLOYMENT");
    if (positionals.length < 2) throw new UsageError("ITEM is missing");
    for (const item of positionals.slice(1)) {
      await client.call("PUT", `/deployments/${id}/items/${encodeURIComponent(item)}/completion`);
    }
    return EXIT.done;
  },
};

export const waive: Command = {
  name: "waive",
  usage: "waive DEPLOYMENT ITEM [--reason TEXT]",
  summary: "Mark an item not applicable",
  options: { reason: { type: "string" } },
  takes: 2,
  run: async ({ client, values, positionals }) => {
    const path = `/deployments/${positional(positionals, 0, "DEPLOYMENT")}/items/${positional(positionals, 1, "ITEM")}/waiver`;
    await client.call("PUT", path, { body: { reason: textOf(values, "reason") ?? null } });
    return EXIT.done;
  },
};

export const check: Command = {
  name: "check",
  usage: "check DEPLOYMENT ITEM",
  summary: "Run an item's live checks now",
  options: {},
  takes: 2,
  run: async ({ client, positionals }) =>
    tellVerdicts(
      await client.call(
        "POST",
        `/deployments/${positional(positionals, 0, "DEPLOYMENT")}/items/${positional(positionals, 1, "ITEM")}/check`,
      ),
    ),
};
