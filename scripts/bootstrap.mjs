// Runs on whatever Node the machine has: installs what is missing, then hands over to the Node
// that npm brought along. Its own words go to standard error.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const MINIMUM = [20, 19];

// Nothing here needs Prisma's native engine, so nothing downloads it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= "/bin/true";
process.env.CHECKPOINT_DISABLE ??= "1";
process.env.NEXT_TELEMETRY_DISABLED ??= "1";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
  fail(`Countersign needs Node ${MINIMUM.join(".")} or newer to set itself up; this is ${process.version}.`);
}

const [script, ...rest] = process.argv.slice(2);
installPackages();
generateClient();
linkProgram();
handOver(join(root, "scripts", `${script}.ts`), rest);

function installPackages() {
  const lock = fingerprint("package-lock.json");
  const stamp = join(root, "node_modules", ".countersign-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say("Installing packages (once)…");
  // Not `npm ci`: it refuses a lock file that lacks another platform's optional binaries, which
  // this adds by itself. The lock's versions hold all the same.
  run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stamp, lock);
}

function generateClient() {
  const schema = fingerprint("prisma/schema.prisma", "package-lock.json");
  const stamp = join(root, "lib", "db", "generated", ".schema");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === schema) return;
  say("Generating the database client…");
  run(join(root, "node_modules", ".bin", "prisma"), ["generate"]);
  writeFileSync(stamp, schema);
}

// So that `npx countersign` finds the program of this very folder.
function linkProgram() {
  const link = join(root, "node_modules", ".bin", "countersign");
  if (!existsSync(link)) symlinkSync(join("..", "..", "bin", "countersign.mjs"), link);
}

function handOver(file, args) {
  const bin = join(root, "node_modules", ".bin");
  const child = spawn(join(bin, "node"), ["--disable-warning=ExperimentalWarning", file, ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  stopWithoutParent(child);
  child.on("exit", (code) => process.exit(code ?? 1));
}

// npm hands a signal to the shell that it started us in, which ends of it and tells nobody.
function stopWithoutParent(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 250);
}

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) fail(`${command} ${args.join(" ")} failed:\n${stdout ?? ""}${stderr ?? ""}`);
}

function fingerprint(...files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(line) {
  say(line);
  process.exit(1);
}
