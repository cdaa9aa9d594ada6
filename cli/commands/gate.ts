import { setTimeout as sleep } from "node:timers/promises";
import { blockersIn, fieldOf, textOf, type Client } from "../client.ts";
import { positional, print, tell, type Command } from "../command.ts";
import { EXIT, NotAsked, UsageError } from "../exit.ts";

const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [2_000, 15_000];
/** Blockers that no waiting removes. */
const FINAL = ["sign-off-rejected", "deployment-ended", "rollback-running"];

export const gate: Command = {
  name: "gate",
  usage: "gate DEPLOYMENT PHASE [--wait] [--timeout 30m]",
  summary:
    "Ask whether a phase may begin; with --wait until it may, a sign-off is rejected, or the time is up",
  options: { wait: { type: "boolean" }, timeout: { type: "string", default: "30m" } },
  run: async ({ client, values, positionals }) => {
    const path = `/deployments/${positional(positionals, 0, "DEPLOYMENT")}/gates/${positional(positionals, 1, "PHASE")}`;
    const until =
      Date.now() + (values["wait"] === true ? millisecondsFrom(textOf(values, "timeout") ?? "30m") : 0);
    return wait(client, path, until, values["wait"] === true);
  },
};

async function wait(client: Client, path: string, until: number, patient: boolean): Promise<number> {
  let told = "";
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const answer = await ask(client, path, patient && Date.now() < until);
    if (fieldOf(answer, "open") === true) {
      tellForced(answer);
      print("open");
      return EXIT.done;
    }
    const words = answer === null ? "The server cannot be reached; trying again" : wordsFor(answer);
    if (words !== told) tell(words);
    told = words;
    if (!patient || isFinal(answer)) return EXIT.refused;
    if (Date.now() + pause > until) {
      tell("Timed out");
      return EXIT.timedOut;
    }
    await sleep(pause);
  }
}

// Whoever waits outlives a restart of the server.
async function ask(client: Client, path: string, mayFail: boolean): Promise<unknown> {
  try {
    return await client.call("GET", path);
  } catch (error) {
    if (mayFail && error instanceof NotAsked) return null;
    throw error;
  }
}

function wordsFor(answer: unknown): string {
  const blockers = blockersIn(answer);
  return `Closed: ${blockers.length} to go\n${blockers.map((message) => `  · ${message}`).join("\n")}`;
}

function tellForced(answer: unknown): void {
  const overridden = fieldOf(answer, "overridden");
  if (fieldOf(answer, "forced") !== true || !Array.isArray(overridden)) return;
  const lines = overridden.map((line) => `  · ${String(fieldOf(line, "message"))}`);
  tell(["Forced by break glass, in spite of", ...lines].join("\n"));
}

function isFinal(answer: unknown): boolean {
  const blockers = fieldOf(answer, "blockers");
  return (
    Array.isArray(blockers) && blockers.some((blocker) => FINAL.includes(String(fieldOf(blocker, "code"))))
  );
}

function millisecondsFrom(text: string): number {
  const [, amount, unit = "s"] = /^(\d{1,6})(s|m|h)?$/.exec(text) ?? [];
  if (amount === undefined) throw new UsageError("--timeout is written 90s, 30m or 2h");
  return (
    Number(amount) * { s: 1_000, m: 60_000, h: 3_600_000 }[unit === "m" ? "m" : unit === "h" ? "h" : "s"]
  );
}
