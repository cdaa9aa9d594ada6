import { randomInt } from "node:crypto";
import { Command } from "commander";
import { loadPromise, promiseFiles, type Shown } from "./proof/promise.ts";
import { figuresText, recordRun } from "./proof/record.ts";
import { showAll } from "./proof/show-all.ts";
import { PlainFailure, runMain } from "./runtime/plain-failure.ts";

// `npm run proof` lists the promises; `npm run proof -- 3` shows one and records its figures in
// docs/promises.md; `npm run proof -- all` shows every one at its CI size, as `npm test` does.
const CI_SEED = 20_261_124;

const program = new Command("npm run proof --")
  .description("Shows a promise of Countersign by its test, and records the figures.")
  .argument("[which]", "the number of a promise, or `all`; a list without it")
  .option("--size <size>", "ci, long, or a number of the promise's units", "ci")
  .option("--seed <seed>", "what the run is drawn from; printed by each run")
  .option("--no-record", "leave docs/promises.md as it is")
  .option("--report <file>", "with `all`: counts as JSON")
  .action(async (which: string | undefined, options) => {
    if (which === undefined) return list();
    if (which === "all") return showAll(options.report);
    return show(which, options);
  });

await runMain(async () => {
  await program.parseAsync();
});

async function list(): Promise<void> {
  for (const [number, file] of promiseFiles()) {
    const { title, sizes } = await loadPromise(number, file);
    say(`${String(number).padStart(2)}  ${title}  (ci ${sizes.ci}, long ${sizes.long} ${sizes.unit})`);
  }
}

async function show(which: string, options: { size: string; seed?: string; record: boolean }): Promise<void> {
  const number = Number(which);
  const file = promiseFiles().get(number);
  if (file === undefined) throw new PlainFailure(`There is no promise ${which}; npm run proof lists them.`);
  const promise = await loadPromise(number, file);
  const { size } = options;
  const units = size === "ci" || size === "long" ? promise.sizes[size] : Number(size);
  const seed = Number(options.seed ?? (size === "ci" ? CI_SEED : randomInt(2 ** 31)));
  if (!Number.isInteger(units) || units < 1 || !Number.isInteger(seed))
    throw new PlainFailure("A size is ci, long or a whole number; a seed is a whole number.");
  say(`${number}  ${promise.title}: ${units} ${promise.sizes.unit}, seed ${seed}`);
  const began = Date.now();
  const figures = await promise.run(units, say, seed);
  const seconds = (Date.now() - began) / 1_000;
  say(`${figuresText(figures)}; ${seconds.toFixed(1)} s`);
  if (options.record && (size === "ci" || size === "long")) record(promise, { size, figures, seconds });
}

function record(promise: Shown, run: Omit<Parameters<typeof recordRun>[1], "day">): void {
  recordRun(promise, { ...run, day: new Date().toISOString().slice(0, 10) });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
