import { textOf } from "../client.ts";
import { positional, type Command } from "../command.ts";
import { UsageError } from "../exit.ts";
import { readUpload, tellVerdicts, uploadQuery } from "../upload.ts";

export const report: Command = {
  name: "report",
  usage: "report DEPLOYMENT PATH --checker KEY [--label L]",
  summary: "Upload a report for every item of the open phase that takes it",
  options: { checker: { type: "string" }, label: { type: "string" } },
  takes: 2,
  run: async ({ client, values, positionals }) => {
    const id = positional(positionals, 0, "DEPLOYMENT");
    const path = positionals[1];
    if (path === undefined) throw new UsageError("PATH is missing");
    if (textOf(values, "checker") === undefined) throw new UsageError("--checker is missing");
    const upload = readUpload(path);
    return tellVerdicts(
      await client.call("POST", `/deployments/${id}/reports${uploadQuery(values, path)}`, { upload }),
    );
  },
};
