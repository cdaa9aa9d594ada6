import { plainJson } from "#lib/proof/plain-line.ts";
import { fieldOf, listOf, textOf, type Values } from "../client.ts";
import { print, type Command } from "../command.ts";
import { EXIT, UsageError } from "../exit.ts";

export const open: Command = {
  name: "open",
  usage:
    "open --service NAME --version V --commit SHA --environment E --date ISO --deployed-by EMAIL [--team T] [--target fly-io|aws-ecs|kubernetes]… [--link TITLE=URL]… [--approvals ROLE[:N][+ROLE…],…] [--close-out] [--json]",
  summary: "Open a deployment record and print its id",
  options: {
    service: { type: "string" },
    version: { type: "string" },
    commit: { type: "string" },
    environment: { type: "string" },
    date: { type: "string" },
    "deployed-by": { type: "string" },
    team: { type: "string" },
    target: { type: "string", multiple: true },
    link: { type: "string", multiple: true },
    approvals: { type: "string" },
    "close-out": { type: "boolean" },
    json: { type: "boolean" },
  },
  takes: 0,
  run: async ({ client, values }) => {
    const record = await client.call("POST", "/deployments", { body: bodyFrom(values) });
    print(values["json"] === true ? plainJson(record, 2) : String(fieldOf(record, "id")));
    return EXIT.done;
  },
};

function bodyFrom(values: Values): object {
  return {
    service: textOf(values, "service"),
    version: textOf(values, "version"),
    commit: textOf(values, "commit"),
    environment: textOf(values, "environment"),
    deploymentAt: textOf(values, "date"),
    deployedBy: textOf(values, "deployed-by"),
    team: textOf(values, "team"),
    targets: listOf(values, "target"),
    links: listOf(values, "link").map(linkFrom),
    approvals: approvalsFrom(textOf(values, "approvals")),
    signOffPlace: values["close-out"] === true ? "close-out" : "go-no-go",
  };
}

/** `engineering-lead,security:2+devops-sre`: stages by commas, roles side by side by +, how many by a colon. */
function approvalsFrom(text: string | undefined): readonly object[] | undefined {
  return text?.split(",").flatMap((stage) =>
    stage.split("+").map((step, index) => {
      const [, role, quorum = "1"] = /^\s*([a-z-]+)(?::([1-9]))?\s*$/.exec(step) ?? [];
      if (role === undefined) throw new UsageError(`--approvals takes ROLE or ROLE:N, not ${step}`);
      return { role, quorum: Number(quorum), withPrevious: index > 0 };
    }),
  );
}

function linkFrom(text: string): object {
  const at = text.indexOf("=");
  if (at < 1) throw new UsageError(`--link takes TITLE=URL, not ${text}`);
  return { title: text.slice(0, at), url: text.slice(at + 1) };
}
