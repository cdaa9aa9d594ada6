import { ASKED_ABOUT, askedAbout } from "../asked-about.ts";
import { positional, type Command } from "../command.ts";
import { EXIT } from "../exit.ts";

export const start: Command = {
  name: "start",
  usage: "start DEPLOYMENT PHASE [--commit SHA] [--environment NAME]",
  summary: "Begin a phase through its open gate, for what you deploy; beginning deployment is T-0",
  options: ASKED_ABOUT,
  takes: 2,
  run: async ({ client, values, positionals }) => {
    await client.call("POST", `${phasePath(positionals)}/start${askedAbout(values)}`);
    return EXIT.done;
  },
};

export const complete: Command = {
  name: "complete",
  usage: "complete DEPLOYMENT PHASE",
  summary: "Complete a phase; what is still open is named",
  options: {},
  takes: 2,
  run: async ({ client, positionals }) => {
    await client.call("POST", `${phasePath(positionals)}/completion`);
    return EXIT.done;
  },
};

function phasePath(positionals: readonly string[]): string {
  return `/deployments/${positional(positionals, 0, "DEPLOYMENT")}/phases/${positional(positionals, 1, "PHASE")}`;
}
