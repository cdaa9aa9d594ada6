import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { fingerprintOf } from "#lib/proof/note-keys.ts";
import { verifyBundle, type BundleVerdict, type Pin } from "#lib/proof/verify-bundle.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { ROOT } from "#scripts/runtime/paths.ts";
import { ensurePeers } from "#test/support/peers/ensure-peers.ts";
import { ARCHIVE_MUTATIONS } from "./support/archive-mutations.ts";
import { assemble } from "./support/assemble-bundle.ts";
import { EDGES, UNUSUAL } from "./support/bundle-edges.ts";
import { hold } from "./support/counter-example.ts";
import { DETAILS_BROKEN, DETAILS_WHOLE } from "./support/details-edges.ts";
import { HISTORY_MUTATIONS } from "./support/history-mutations.ts";
import { MANIFEST_MUTATIONS } from "./support/manifest-mutations.ts";
import { PaperInstallation } from "./support/paper-installation.ts";
import { randomFrom } from "./support/random.ts";
import { REMOVED, REMOVED_BADLY } from "./support/removed-bundles.ts";

export const title =
  "The verifier is independent: a second one, in Python, from the format's document alone, agrees";
export const sizes = { unit: "bundles", ci: 300, long: 1_000 };

const AT_ONCE = 1_000;
const RECORDS = 60;

/** Ways to change a bundle so that it is no longer whole. Signed anew: by whoever has the key. */
const MUTATIONS = { ...ARCHIVE_MUTATIONS, ...HISTORY_MUTATIONS, ...MANIFEST_MUTATIONS, ...DETAILS_BROKEN };
const WHOLE = { ...UNUSUAL, ...REMOVED, ...DETAILS_WHOLE };

type Made = { readonly what: string; readonly path: string; readonly bytes: Buffer; readonly head: string };

/**
 * Makes bundles, half of them changed in one of many ways, and lets both verifiers judge each, with
 * the installation's key given and without: the same verdict, flaw, event and head.
 */
export async function run(size: number, report: Report, seed: number): Promise<Figures> {
  ensurePeers("python3");
  const random = randomFrom(seed);
  const installation = new PaperInstallation(random, RECORDS);
  const ways = Object.entries({ ...MUTATIONS, ...EDGES, ...REMOVED_BADLY, ...WHOLE });
  const folder = mkdtempSync(join(tmpdir(), "countersign-bundles-"));
  const found = { whole: 0, broken: 0, unreadable: 0 };
  const codes = new Set<string>();
  try {
    for (let from = 0; from < size; from += AT_ONCE) {
      const made: Made[] = [];
      for (let index = from; index < Math.min(size, from + AT_ONCE); index += 1) {
        const record = random.pick(installation.records);
        const parts = installation.bundleOf(record);
        const [what, mutate] = ways[Math.floor(index / 2) % ways.length] ?? ["", null];
        const isWhole = index % 2 === 0 || mutate === null;
        const bytes = isWhole ? await assemble(parts) : await mutate({ installation, record, parts, random });
        const path = join(folder, `${index - from}.zip`);
        writeFileSync(path, bytes);
        made.push({ what: isWhole ? "whole" : what, path, bytes, head: parts.manifest.head.hash });
      }
      const pins: readonly Pin[] = [null, { fingerprint: fingerprintOf(installation.key) }];
      const second = await judgeInPython(made, pins);
      for (const [place, bundle] of made.entries()) {
        for (const [turn, pin] of pins.entries()) {
          const first = judge(bundle, pin);
          compare(bundle, first, second[place * pins.length + turn]);
          if (pin === null) continue;
          found[first.verdict] += 1;
          if (first.verdict === "broken") codes.add(first.code);
        }
      }
      report(`${Math.min(size, from + AT_ONCE)} bundles judged twice`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    "bundles judged by both": size,
    "ways of changing them": ways.length,
    ...found,
    "kinds of flaw named": codes.size,
    "different verdicts, flaws or heads": 0,
    seed,
  };
}

function judge({ bytes }: Made, pin: Pin): BundleVerdict {
  return verifyBundle((offset, length) => bytes.subarray(offset, offset + length), bytes.length, pin);
}

function compare({ what, head, path }: Made, first: BundleVerdict, second: Verdict | undefined): void {
  const told = {
    verdict: first.verdict,
    head: first.verdict === "unreadable" ? null : first.head,
    code: first.verdict === "broken" ? first.code : null,
    seq: first.verdict === "broken" ? first.seq : null,
    removed:
      first.verdict === "whole" && first.removed !== null
        ? { stone: first.removed.seq, at: first.removed.at }
        : null,
  };
  const [ours, theirs] = [JSON.stringify(told), JSON.stringify(second)];
  hold(ours === theirs, `${path}, ${what}: ours says ${ours}, the second ${theirs}`);
  if (what === "whole") hold(told.verdict === "whole" && told.head === head, `a whole bundle: ${ours}`);
  else if (what in WHOLE) hold(told.verdict === "whole", `${what}: ${ours}`);
  else if (what !== "a flipped bit" && what !== "another key in the manifest")
    hold(told.verdict !== "whole", `${what} was not found`);
}

const verdict = z.object({
  verdict: z.enum(["whole", "broken", "unreadable"]),
  head: z.string().nullable(),
  code: z.string().nullable(),
  seq: z.number().nullable(),
  removed: z
    .object({ stone: z.number(), at: z.string() })
    .nullish()
    .transform((told) => told ?? null),
});

type Verdict = z.infer<typeof verdict>;

// In one process, each bundle under each pin.
async function judgeInPython(made: readonly Made[], pins: readonly Pin[]): Promise<readonly Verdict[]> {
  const script = join(ROOT, "test", "second-verifier", "verify.py");
  const child = spawn("python3", ["-I", script, "--list"], { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const lines = made.flatMap(({ path }) =>
    pins.map((pin) => (pin !== null && "fingerprint" in pin ? `${path}\t${pin.fingerprint}` : path)),
  );
  child.stdin.end(`${lines.join("\n")}\n`);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  hold(code === 0, `the second verifier ended with ${code}`);
  return output
    .trimEnd()
    .split("\n")
    .map((line) => verdict.parse(JSON.parse(line)));
}
