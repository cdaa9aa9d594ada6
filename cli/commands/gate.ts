import { setTimeout as sleep } from "node:timers/promises";
import { blockersIn, fieldOf, textOf, wordsOf, type Client } from "../client.ts";
import { ASKED_ABOUT, askedAbout } from "../asked-about.ts";
import { positional, print, tell, type Command } from "../command.ts";
import { EXIT, NotAsked, Refused, UsageError } from "../exit.ts";

const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [2_000, 15_000];
/** Blockers that no waiting removes. */
const FINAL = [
  "sign-off-rejected",
  "deployment-ended",
  "rollback-running",
  "other-commit",
  "other-environment",
  "deployment-made",
];

export const gate: Command = {
  name: "gate",
  usage: "gate DEPLOYMENT PHASE [--commit SHA] [--environment NAME] [--wait] [--timeout 30m]",
  summary:
    "Ask whether a phase may begin, for what you deploy; with --wait until it may, a sign-off is rejected, or the time is up",
  options: { ...ASKED_ABOUT, wait: { type: "boolean" }, timeout: { type: "string" } },
  takes: 2,
  run: async ({ client, values, positionals }) => {
    const path = `/deployments/${positional(positionals, 0, "DEPLOYMENT")}/gates/${positional(positionals, 1, "PHASE")}${askedAbout(values)}`;
    const timeout = textOf(values, "timeout");
    if (values["wait"] !== true) {
      if (timeout !== undefined) throw new UsageError("--timeout goes with --wait");
      return once(client, path);
    }
    return wait(client, path, Date.now() + millisecondsFrom(timeout ?? "30m"));
  },
};

async function once(client: Client, path: string): Promise<number> {
  const answer = await ask(client, path);
  if (isOpen(answer)) return EXIT.done;
  tell(wordsFor(answer));
  return EXIT.refused;
}

async function wait(client: Client, path: string, until: number): Promise<number> {
  let told = "";
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const answer = await askPatiently(client, path, until);
    if (isOpen(answer)) return EXIT.done;
    const words = answer === null ? "The server cannot be reached; trying again" : wordsFor(answer);
    if (words !== told) tell(words);
    told = words;
    if (isFinal(answer)) return EXIT.refused;
    if (Date.now() + pause > until) {
      tell("Timed out");
      return EXIT.timedOut;
    }
    await sleep(pause);
  }
}

// A record that is not there, or a token that may not look, is a question that was not asked.
async function ask(client: Client, path: string, until?: number): Promise<unknown> {
  try {
    return await client.call("GET", path, until === undefined ? {} : { until });
  } catch (error) {
    throw error instanceof Refused ? new CannotAsk(error.message) : error;
  }
}

// Whoever waits outlives a restart of the server.
async function askPatiently(client: Client, path: string, until: number): Promise<unknown> {
  try {
    return await ask(client, path, until);
  } catch (error) {
    if (error instanceof NotAsked && !(error instanceof CannotAsk)) return null;
    throw error;
  }
}

/** Waiting does not help. */
class CannotAsk extends NotAsked {}

function isOpen(answer: unknown): boolean {
  if (fieldOf(answer, "open") !== true) return false;
  tellForced(answer);
  print("open");
  return true;
}

function wordsFor(answer: unknown): string {
  const blockers = blockersIn(answer);
  return `Closed: ${blockers.length} to go\n${blockers.map((message) => `  · ${message}`).join("\n")}`;
}

function tellForced(answer: unknown): void {
  const overridden = fieldOf(answer, "overridden");
  if (fieldOf(answer, "forced") !== true || !Array.isArray(overridden)) return;
  const lines = overridden.map((line) => `  · ${wordsOf(line, "message")}`);
  tell(["Forced by break glass, in spite of", ...lines].join("\n"));
}

function isFinal(answer: unknown): boolean {
  const blockers = fieldOf(answer, "blockers");
  return (
    Array.isArray(blockers) && blockers.some((blocker) => FINAL.includes(String(fieldOf(blocker, "code"))))
  );
}

const UNITS = new Map([
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

function millisecondsFrom(text: string): number {
  const [, amount, unit = "s"] = /^(\d{1,6})(s|m|h)?$/.exec(text) ?? [];
  const milliseconds = UNITS.get(unit);
  if (amount === undefined || milliseconds === undefined)
    throw new UsageError("--timeout is written 90s, 30m or 2h");
  return Number(amount) * milliseconds;
}
