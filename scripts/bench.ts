import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBareNext } from "../bench/bare-next.ts";
import { firstVisit, tickLatencies, type FirstVisit } from "../bench/first-visit.ts";
import { Figures } from "../bench/figures.ts";
import { percentile } from "../bench/percentile.ts";
import { fetchPage } from "../bench/pages.ts";
import { pgFloor } from "../bench/pg-floor.ts";
import { actionTicks, bareActions, serviceTicks } from "../bench/ticks.ts";
import { memoryBelow } from "#test/support/process-memory.ts";
import { startPostgres } from "./database/embedded-postgres.ts";
import { migrate } from "./database/migrate.ts";
import { provisionEmbedded } from "./database/provision.ts";
import { startAppServer } from "./runtime/app-server.ts";
import { ensureBuild } from "./runtime/build.ts";
import { ensureBrowser } from "./runtime/ensure-browser.ts";
import { freePort } from "./runtime/free-port.ts";
import { ROOT } from "./runtime/paths.ts";

// Every figure beside a floor that is measured in the same run, as a ratio: figures of two runs
// or two machines do not compare, ratios do.
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const RECORDS = 64;
const TICKS = 30;
const SECRET = "a secret for the benchmark and nothing else";
const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));
const figures = new Figures("npm run bench", "Ticks, pages and first visits");

ensureBrowser();
await ensureBuild(".next-test", (line) => process.stdout.write(`${line}\n`));
const postgres = await startPostgres(folder, "bench");
const urls = await provisionEmbedded(postgres.url, SECRET, "countersign");
await migrate(urls.owner);
Object.assign(process.env, {
  APP_DATABASE_URL: urls.app,
  COUNTERSIGN_SECRET: SECRET,
  COUNTERSIGN_ORIGIN: "http://localhost",
});
const { makeTeam, openRecord, emailOf, PASSWORD } = await import("#test/support/factories.ts");
const { signIn } = await import("#lib/services/sign-in.ts");
const { closePool } = await import("#lib/db/pool.ts");

const team = await makeTeam();
const records: string[] = [];
for (let index = 0; index < RECORDS; index += 1)
  records.push(await openRecord(team, { targets: ["kubernetes"] }));
const session = await signIn(await emailOf(team.engineer), PASSWORD, "bench");
if (session === null) throw new Error("the benchmark's engineer could not sign in");
const cookie = { name: "countersign.session", value: session.token };
const cookieHeader = `${cookie.name}=${cookie.value}`;
const starting = performance.now();
const server = await startAppServer({
  host: "127.0.0.1",
  port: await freePort(),
  distDir: ".next-test",
  appDatabaseUrl: urls.app,
  secret: SECRET,
  signingKey: join(folder, "signing-key"),
  evaluation: false,
  output: "inherit",
});
const readyMs = performance.now() - starting;
const bare = await startBareNext(urls.owner);

try {
  figures.say(
    `ready after ${(readyMs / 1000).toFixed(1)} s; ${RECORDS} records; processes: ${atRest(server.process)}; the bare Next: ${atRest(bare.process)}`,
  );
  // First of all: after the load the worker seals what it has written.
  const deployment = `${server.url}/deployments/${records[1]}`;
  visit("a deployment's page", await firstVisit(deployment, cookie));
  visit("the board", await firstVisit(`${server.url}/deployments`, cookie));
  visit("bare Next page with 100 rows", await firstVisit(bare.url, cookie));
  const latencies = await tickLatencies(deployment, cookie, TICKS);
  figures.say(
    `from a click on a box to the next paint, ${TICKS} ticks: p50 ${percentile(latencies, 50)}  p98 ${percentile(latencies, 98)} ms`,
  );
  const ourBuild = join(ROOT, ".next-test");
  const bareBuild = join(bare.folder, ".next");
  const action = {
    url: server.url,
    cookie: cookieHeader,
    actionId: actionIdOf(ourBuild, "settleItemsAction"),
  };
  const empty = actionIdOf(bareBuild, "emptyAction");
  const bareTick = actionIdOf(bareBuild, "bareTickAction");
  for (const [title, subset] of [
    ["64 records", records],
    ["one hot record", records.slice(0, 1)],
  ] as const) {
    for (const clients of [1, 8, 32]) {
      const floor = await pgFloor(urls.owner, clients, subset.length, SECONDS);
      figures.row(`ticks, ${title}, ${clients} clients: pg floor`, floor);
      figures.row(
        "  a Next action that does nothing",
        await bareActions(bare.url, empty, subset.length, clients, SECONDS),
        floor,
      );
      figures.row(
        "  a bare Next action with Prisma, no rules",
        await bareActions(bare.url, bareTick, subset.length, clients, SECONDS),
        floor,
      );
      figures.row("  at the service", await serviceTicks(team.engineer, subset, clients, SECONDS), floor);
      figures.row("  through the server action", await actionTicks(action, subset, clients, SECONDS), floor);
    }
  }
  for (const clients of [1, 8]) {
    const floor = await fetchPage(bare.url, "", clients, SECONDS);
    figures.row(`pages, ${clients} clients: bare Next page with 100 rows`, floor);
    figures.row(
      "  a deployment's page",
      await fetchPage(`${server.url}/deployments/${records[1]}`, cookieHeader, clients, SECONDS),
      floor,
    );
    figures.row(
      "  the board",
      await fetchPage(`${server.url}/deployments`, cookieHeader, clients, SECONDS),
      floor,
    );
  }
  figures.record();
} finally {
  await server.stop();
  await bare.stop();
  await closePool();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

function visit(title: string, { kilobytes, lcpMs, blockingMs }: FirstVisit): void {
  figures.say(
    `first visit: ${title.padEnd(30)} ${kilobytes.toFixed(0)} KB of JavaScript, LCP ${lcpMs.toFixed(0)} ms, blocked ${blockingMs.toFixed(0)} ms`,
  );
}

function actionIdOf(build: string, name: string): string {
  const manifest: { node: Record<string, { exportedName?: string }> } = JSON.parse(
    readFileSync(join(build, "server", "server-reference-manifest.json"), "utf8"),
  );
  const id = Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === name)?.[0];
  if (id === undefined) throw new Error(`the build has no server action ${name}`);
  return id;
}

/** What the servers and the worker hold of their own. */
function atRest({ pid }: ChildProcess): string {
  const { pids, megabytes } = memoryBelow(pid ?? -1);
  return `${pids.length}, ${megabytes.toFixed(0)} MB`;
}
