import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { sha256 } from "#lib/proof/canonical-json.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { ROOT } from "#scripts/runtime/paths.ts";
import { hold } from "./support/counter-example.ts";

export const title = "The tests of the rules are sharp: they notice when lib/domain is changed";
export const sizes = { unit: "files at most", ci: 12, long: 1_000 };

const CONFIGURATION = "proof/support/mutation-stryker.json";

/** Of a hundred changes, so many are noticed at least; what the last runs printed stands in docs/promises.md. */
const LEAST_IN_ALL = 90;
/** The same in a few files: what no test can notice, since it changes nothing, is not spread evenly. */
const LEAST_IN_SOME = 85;

/** Changes the rules, one place at a time, and lets the unit tests by tables judge each change. */
export async function run(size: number, report: Report, seed: number): Promise<Figures> {
  const all = domainFiles(seed);
  const files = all.slice(0, size);
  report(files.join(" "));
  // A folder of its own, so that two runs at once do not sweep each other's away.
  const options = {
    configFile: CONFIGURATION,
    mutate: [...files],
    tempDirName: join(".stryker-tmp", String(process.pid)),
  };
  const results = await new Stryker(options).runMutationTest();
  const withStatus = (...statuses: readonly string[]) =>
    results.filter(({ status }) => statuses.includes(status));
  const alive = withStatus("Survived", "NoCoverage");
  for (const { fileName, location, mutatorName, replacement = "" } of alive)
    report(
      `lives: ${fileName.replace(`${ROOT}/`, "")}:${location.start.line} ${mutatorName} ${oneLine(replacement)}`,
    );
  for (const file of files) {
    const own = results.filter(({ fileName }) => fileName === join(ROOT, file));
    const lives = own.filter((result) => alive.includes(result));
    if (own.length > 0) report(`${file}: ${own.length} changes, ${lives.length} not noticed`);
  }
  const killed = withStatus("Killed", "Timeout").length;
  const share = (100 * killed) / Math.max(1, killed + alive.length);
  const least = files.length === all.length ? LEAST_IN_ALL : LEAST_IN_SOME;
  hold(killed > 0, "no change was noticed: nothing was tried");
  hold(share >= least, `of ${killed + alive.length} changes only ${share.toFixed(1)} % were noticed`);
  return {
    "files changed": files.length,
    changes: killed + alive.length,
    noticed: killed,
    "% noticed": share.toFixed(1),
    seed,
  };
}

// In an order of the seed's, in which a new file moves no other: the same seed keeps its sample.
function domainFiles(seed: number): readonly string[] {
  return readdirSync(join(ROOT, "lib", "domain"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({ file: join("lib", "domain", name), place: sha256(`${seed} ${name}`) }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ file }) => file);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 80);
}
