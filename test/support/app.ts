import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres, type Postgres } from "#scripts/database/embedded-postgres.ts";
import { migrate } from "#scripts/database/migrate.ts";
import { provisionEmbedded, type DatabaseUrls } from "#scripts/database/provision.ts";
import { startAppServer } from "#scripts/runtime/app-server.ts";
import { ensureBuild } from "#scripts/runtime/build.ts";
import { freePort } from "#scripts/runtime/free-port.ts";
import { binary, ROOT } from "#scripts/runtime/paths.ts";

const SECRET = "a secret for tests that nobody else has";

export type TestApp = {
  readonly url: string;
  /** The process whose children serve. */
  readonly pid: number;
  readonly database: DatabaseUrls;
  readonly secret: string;
  readonly signingKey: string;
  /** Holds the milliseconds by which the app's clock is ahead. */
  readonly clockFile: string;
  readonly stop: () => Promise<void>;
};

/**
 * The built app with its demo team, on a database and a clock of its own, apart from `npm start`.
 * What it writes appears here, or goes to `heard`.
 */
export async function startTestApp(heard?: (text: string) => void): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-app-"));
  await ensureBuild(".next-test", () => undefined);
  const postgres = await startPostgres(folder, "test");
  try {
    return await appOn(postgres, folder, heard);
  } catch (error) {
    // A Postgres that is left behind keeps this process from ending.
    await postgres.stop();
    throw error;
  }
}

async function appOn(
  postgres: Postgres,
  folder: string,
  heard: ((text: string) => void) | undefined,
): Promise<TestApp> {
  const clockFile = join(folder, "clock");
  writeFileSync(clockFile, "0");
  const signingKey = join(folder, "signing-key");
  const database = await provisionEmbedded(postgres.url, SECRET, "countersign");
  await migrate(database.owner);
  seedDemo(database.app);
  const server = await startAppServer({
    host: "127.0.0.1",
    port: await freePort(),
    distDir: ".next-test",
    appDatabaseUrl: database.app,
    secret: SECRET,
    signingKey,
    evaluation: true,
    clockFile,
    // Tests of limits come from addresses of their own, as through a proxy.
    proxyHops: 1,
    output: heard === undefined ? "inherit" : "pipe",
  });
  for (const stream of [server.process.stdout, server.process.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => heard?.(text));
  const stop = async () => {
    await server.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const { pid } = server.process;
  if (pid === undefined) throw new Error("the server is no process");
  return { url: server.url, pid, database, secret: SECRET, signingKey, clockFile, stop };
}

/** Lets this process use the app's services on the same database and clock. */
export function joinTestApp({
  database,
  secret,
  signingKey,
  clockFile,
  url,
}: Omit<TestApp, "stop" | "pid">): void {
  process.env.APP_DATABASE_URL = database.app;
  process.env.COUNTERSIGN_SECRET = secret;
  process.env.COUNTERSIGN_SIGNING_KEY = signingKey;
  process.env.COUNTERSIGN_CLOCK_FILE = clockFile;
  process.env.COUNTERSIGN_ORIGIN = `${url},${url.replace("127.0.0.1", "localhost")}`;
}

function seedDemo(appDatabaseUrl: string): void {
  const { status, stderr } = spawnSync(
    binary("node"),
    ["--disable-warning=ExperimentalWarning", "scripts/demo/seed-demo.ts"],
    {
      cwd: ROOT,
      encoding: "utf8",
      env: {
        ...process.env,
        APP_DATABASE_URL: appDatabaseUrl,
        COUNTERSIGN_SECRET: SECRET,
        COUNTERSIGN_ORIGIN: "http://localhost",
      },
    },
  );
  if (status !== 0) throw new Error(`the demo could not be loaded:\n${stderr}`);
}
