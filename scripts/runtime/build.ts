import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildCli, CLI_FILE } from "./build-cli.ts";
import { binary, ROOT } from "./paths.ts";
import { PlainFailure } from "./plain-failure.ts";

const SOURCES = [
  "app",
  "cli",
  "components",
  "lib",
  "prisma/schema.prisma",
  "proxy.ts",
  "instrumentation-client.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

/** Builds the app into `distDir` unless what stands there was built from these very sources. */
export async function ensureBuild(distDir: string, say: (line: string) => void): Promise<void> {
  const stamp = join(ROOT, distDir, "countersign-sources");
  const sources = fingerprint();
  if (existsSync(CLI_FILE) && existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return;
  say("Building the app (once for each version)…");
  await buildCli();
  await build(distDir);
  writeFileSync(stamp, sources);
}

async function build(distDir: string): Promise<void> {
  const child = spawn(binary("next"), ["build"], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", NEXT_DIST_DIR: distDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
  if (code !== 0) throw new PlainFailure(`The app could not be built:\n${output}`);
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const source of SOURCES) addTo(hash, join(ROOT, source));
  return hash.digest("hex");
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  if (statSync(path).isFile()) {
    hash.update(path.slice(ROOT.length)).update(readFileSync(path));
    return;
  }
  if (path.endsWith("generated")) return;
  for (const name of readdirSync(path).toSorted()) addTo(hash, join(path, name));
}
