import { spawnSync } from "node:child_process";
import { openDatabase, type OpenDatabase } from "./database/open-database.ts";
import { DEMO_PEOPLE } from "#lib/domain/demo-people.ts";
import { startAppServer, type AppServer } from "./runtime/app-server.ts";
import { proxyHopsFrom } from "./runtime/caller-address.ts";
import { ensureBuild } from "./runtime/build.ts";
import { lockDataDirectory } from "./runtime/data-lock.ts";
import { isPortFree } from "./runtime/free-port.ts";
import { binary, dataDirectory, ROOT } from "./runtime/paths.ts";
import { PlainFailure, runMain } from "./runtime/plain-failure.ts";

const DIST_DIR = ".next";

await runMain(async () => {
  const host = process.env.HOST ?? "127.0.0.1";
  const port = portFrom(process.env.PORT ?? "3000");
  // Each server process reads it; here it fails in words before anything starts.
  proxyHopsFrom(process.env.COUNTERSIGN_PROXY_HOPS);
  if (!(await isPortFree(port, host))) {
    throw new PlainFailure(
      `Port ${port} is in use. Stop what listens there, or choose another: PORT=${port + 1} npm start`,
    );
  }
  const dataDir = dataDirectory();
  const unlock = lockDataDirectory(dataDir);
  let database: OpenDatabase | undefined;
  let server: AppServer | undefined;
  const stopAll = async () => {
    await server?.stop();
    await database?.close();
    unlock();
  };
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, resolve);
  });
  void interrupted.then(async () => {
    say("Stopping…");
    await stopAll();
    process.exit(0);
  });
  try {
    await ensureBuild(DIST_DIR, say);
    database = await openDatabase(dataDir);
    const evaluation = database.embedded && isLoopback(host);
    if (evaluation) seedDemo(database);
    server = await startAppServer({
      host,
      port,
      distDir: DIST_DIR,
      appDatabaseUrl: database.app,
      secret: database.secret,
      signingKey: database.signingKey,
      evaluation,
      origin: process.env.COUNTERSIGN_ORIGIN,
      output: "inherit",
    });
    announce(server.url, evaluation);
    if (!evaluation) announceSetUp(server.url, database);
    await ended(server);
    throw new PlainFailure("The app has stopped by itself; what it wrote stands above.");
  } catch (error) {
    await stopAll();
    throw error;
  }
});

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new PlainFailure(`PORT must be a number from 1 to 65535, not "${text}".`);
}

// In a process of its own, since it moves the clock to make the demo's past.
function seedDemo({ app, secret }: OpenDatabase): void {
  const { status, stderr } = runScript("demo/seed-demo.ts", app, secret);
  if (status !== 0) throw new PlainFailure(`The demo could not be loaded:\n${stderr}`);
}

function announceSetUp(url: string, { app, secret }: OpenDatabase): void {
  const { stdout } = runScript("set-up-token.ts", app, secret);
  const token = stdout.trim();
  if (token !== "")
    say(`\n  Nobody exists yet. Make the admin at ${url}/setup with this token:\n  ${token}\n`);
}

function runScript(script: string, appDatabaseUrl: string, secret: string) {
  return spawnSync(binary("node"), ["--disable-warning=ExperimentalWarning", `scripts/${script}`], {
    cwd: ROOT,
    encoding: "utf8",
    env: {
      ...process.env,
      APP_DATABASE_URL: appDatabaseUrl,
      COUNTERSIGN_SECRET: secret,
      COUNTERSIGN_ORIGIN: "http://localhost",
    },
  });
}

function announce(url: string, evaluation: boolean): void {
  say(`\n  Countersign is ready: ${url}\n`);
  if (!evaluation) return;
  say("  Demo accounts (evaluation mode):");
  for (const { email, title } of DEMO_PEOPLE) say(`    ${email.padEnd(22)} ${title}`);
  say(`  Password: ${process.env.COUNTERSIGN_DEMO_PASSWORD ?? "countersign-demo"}\n`);
}

async function ended({ process: child }: AppServer): Promise<void> {
  if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
