import { Figures } from "../bench/figures.ts";
import { propagation } from "../bench/propagation.ts";
import { withDatabase } from "../proof/support/database.ts";
import { percentile } from "../bench/percentile.ts";
import { makeCrowd } from "../proof/support/people.ts";
import { SESSION_COOKIE, sessionOf } from "../proof/support/sessions.ts";
import { startAppServer } from "./runtime/app-server.ts";
import { ensureBrowser } from "./runtime/ensure-browser.ts";
import { ensureBuild } from "./runtime/build.ts";
import { freePort } from "./runtime/free-port.ts";

// How long a change takes from its commit to the other screens, with more and more of them.
const LISTENERS = (process.env.BENCH_LISTENERS ?? "5,50,500").split(",").map(Number);
const figures = new Figures("npm run bench:live", "From a commit to the other screens");

ensureBrowser();
await ensureBuild(".next-test", (line) => process.stdout.write(`${line}\n`));
await withDatabase(async (database) => {
  const { makeTeam, openRecord } = await import("#test/support/factories.ts");
  const team = await makeTeam();
  const people = await makeCrowd(Math.max(...LISTENERS), "auditor", team.id);
  const cookies: string[] = [];
  for (const person of people) cookies.push(`${SESSION_COOKIE}=${await sessionOf(person)}`);
  const server = await startAppServer({
    host: "127.0.0.1",
    port: await freePort(),
    distDir: ".next-test",
    appDatabaseUrl: database.urls.app,
    secret: database.secret,
    signingKey: database.signingKey,
    evaluation: false,
    output: "inherit",
  });
  try {
    for (const count of LISTENERS) {
      const id = await openRecord(team);
      const { told, read, shown, failed } = await propagation(
        server.url,
        id,
        team.engineer,
        cookies.slice(0, count),
      );
      row(`${count} listeners: told`, told);
      row("  the view read anew", read);
      if (failed > 0) figures.say(`  ${failed} readings FAILED`);
      row("  the box in a browser", shown);
    }
    figures.record();
  } finally {
    await server.stop();
  }
});

function row(label: string, delays: readonly number[]): void {
  const [p50, p95] = [50, 95].map((percent) => percentile(delays, percent).toFixed(0).padStart(5));
  figures.say(`${label.padEnd(32)} p50 ${p50} ms  p95 ${p95} ms  (${delays.length})`);
}
