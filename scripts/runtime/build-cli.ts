import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "./paths.ts";

/** Where the command-line program stands when it is built: one file that needs Node and nothing else. */
export const CLI_FILE = join(ROOT, "dist", "countersign.mjs");

export async function buildCli(): Promise<void> {
  await build({
    entryPoints: [join(ROOT, "cli", "main.ts")],
    outfile: CLI_FILE,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "error",
  });
}
