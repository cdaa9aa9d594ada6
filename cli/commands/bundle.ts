import { textOf } from "../client.ts";
import { positional, print, type Command } from "../command.ts";
import { EXIT } from "../exit.ts";

export const bundle: Command = {
  name: "bundle",
  usage: "bundle DEPLOYMENT [-o FILE]",
  summary: "Take a deployment out as one signed file that anybody checks offline",
  options: { output: { type: "string", short: "o" } },
  takes: 1,
  run: async ({ client, values, positionals }) => {
    const id = positional(positionals, 0, "DEPLOYMENT");
    const file = textOf(values, "output") ?? `${id}.countersign.zip`;
    await client.download(`/deployments/${id}/bundle`, file);
    print(file);
    return EXIT.done;
  },
};
