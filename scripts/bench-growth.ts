import { fetchPage } from "../bench/pages.ts";
import { Figures } from "../bench/figures.ts";
import { newestRows } from "../bench/pg-floor.ts";
import { withApp } from "../proof/support/app.ts";
import { inParallel } from "../proof/support/in-parallel.ts";
import { SESSION_COOKIE, sessionOf } from "../proof/support/sessions.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { settleItems } from "#lib/services/checklist-items.ts";
import { plainItems } from "#test/support/crowd.ts";
import { load, makeTeam, openRecord, type Team } from "#test/support/factories.ts";

// What a page costs as the history and the board behind it grow.
const EVENTS = (process.env.BENCH_EVENTS ?? "1000,10000,100000").split(",").map(Number);
const RECORDS = (process.env.BENCH_RECORDS ?? "100,1000,10000").split(",").map(Number);
const SECONDS = 3;
const AT_ONCE = 8;
const figures = new Figures("npm run bench:growth", "As histories and boards grow");

await withApp(async () => {
  const team = await makeTeam();
  const cookie = `${SESSION_COOKIE}=${await sessionOf(team.lead)}`;
  const page = async (path: string) => fetchPage(`${canonicalOrigin()}${path}`, cookie, 1, SECONDS);
  const record = await openRecord(team);
  for (const events of EVENTS) {
    await fillTo(team, record, events);
    const floor = await newestRows(record, SECONDS);
    figures.row(`a record of ${events.toLocaleString("en-GB")} events: pg, its newest 50 rows`, floor);
    figures.row(
      "  the newest page of its history, as JSON",
      await page(`/api/v1/deployments/${record}/events`),
      floor,
    );
    figures.row("  the history's page", await page(`/deployments/${record}/history`), floor);
    figures.row("  the record's page", await page(`/deployments/${record}`), floor);
  }
  let records = 1;
  for (const wanted of RECORDS) {
    await inParallel(AT_ONCE, [...Array(wanted - records).keys()], async () => void (await openRecord(team)));
    records = wanted;
    const floor = await newestRows(record, SECONDS);
    figures.row(`${wanted.toLocaleString("en-GB")} records: pg, the newest 50 rows of one`, floor);
    figures.row("  the newest records, as JSON", await page("/api/v1/deployments"), floor);
    figures.row("  the board", await page("/deployments"), floor);
    figures.row("  history of everything", await page("/history"), floor);
  }
  figures.record();
});

/** Ticks and clears items, many at a time, until the record has so many events. */
async function fillTo(team: Team, record: string, events: number): Promise<void> {
  const items = await plainItems(record, 200);
  let { revision } = await load(record);
  for (let to: "done" | "open" = "done"; revision < events; to = to === "done" ? "open" : "done") {
    const changes = items.slice(0, events - revision).map((item) => ({ item, to }));
    ({ revision } = await settleItems(team.engineer, { deploymentId: record, changes }));
  }
}
