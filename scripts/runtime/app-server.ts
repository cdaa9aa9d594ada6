import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { binary, ROOT } from "./paths.ts";
import { PlainFailure } from "./plain-failure.ts";

export type AppServerOptions = {
  readonly host: string;
  readonly port: number;
  readonly distDir: string;
  readonly appDatabaseUrl: string;
  readonly secret: string;
  /** The file of the signing key. */
  readonly signingKey: string;
  readonly evaluation: boolean;
  /** Where browsers reach the app, when not under its own address: comma-separated, the canonical one first. */
  readonly origin?: string;
  readonly clockFile?: string;
  /** Proxies in front whose X-Forwarded-For is believed, when not as the environment says. */
  readonly proxyHops?: number;
  readonly output: "inherit" | "ignore" | "pipe";
};

export type AppServer = {
  readonly process: ChildProcess;
  readonly url: string;
  readonly stop: () => Promise<void>;
};

const START_SECONDS = 60;
const FLAGS = ["--disable-warning=ExperimentalWarning"];

/** Starts the built app and answers when it is ready. */
export async function startAppServer(options: AppServerOptions): Promise<AppServer> {
  const url = `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${options.port}`;
  const child = spawn(
    binary("node"),
    [...FLAGS, "scripts/runtime/serve.ts", "start", "-H", options.host, "-p", String(options.port)],
    {
      cwd: ROOT,
      env: serverEnvironment(options, url),
      stdio: ["ignore", options.output === "pipe" ? "pipe" : "ignore", options.output],
      // Ctrl-C reaches it through us, after which Postgres follows.
      detached: true,
    },
  );
  await untilReady(url, child);
  return { process: child, url, stop: () => stop(child) };
}

/** The environment that `lib/env.ts` reads. */
export function serverEnvironment(options: AppServerOptions, url: string): NodeJS.ProcessEnv {
  const loopback = [url, `http://localhost:${options.port}`, `http://127.0.0.1:${options.port}`];
  const given = options.origin?.split(",").map((origin) => origin.trim());
  const origins = given ?? [...new Set(loopback)];
  return {
    ...process.env,
    NODE_ENV: "production",
    NEXT_DIST_DIR: options.distDir,
    NEXTAUTH_URL: origins[0],
    APP_DATABASE_URL: options.appDatabaseUrl,
    COUNTERSIGN_SECRET: options.secret,
    COUNTERSIGN_SIGNING_KEY: options.signingKey,
    COUNTERSIGN_ORIGIN: origins.join(","),
    ...(options.evaluation ? { COUNTERSIGN_EVALUATION: "1" } : {}),
    ...(options.proxyHops === undefined ? {} : { COUNTERSIGN_PROXY_HOPS: String(options.proxyHops) }),
    ...(options.clockFile === undefined ? {} : { COUNTERSIGN_CLOCK_FILE: options.clockFile }),
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_SECONDS * 1_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const ready = await fetch(`${url}/api/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await sleep(50);
  }
  child.kill("SIGKILL");
  throw new PlainFailure("The app did not become ready; what it wrote stands above.");
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await gone;
  clearTimeout(force);
}
