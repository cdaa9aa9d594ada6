import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../bench/percentile.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { settleItems } from "#lib/services/checklist-items.ts";
import { callAction } from "#test/support/action-client.ts";
import { plainItems } from "#test/support/crowd.ts";
import { makeTeam, openRecord, type Team } from "#test/support/factories.ts";
import { withApp } from "./support/app.ts";
import { hold } from "./support/counter-example.ts";
import { inParallel } from "./support/in-parallel.ts";
import { makeCrowd } from "./support/people.ts";
import { randomFrom, type Random } from "./support/random.ts";
import { SESSION_COOKIE, sessionOf } from "./support/sessions.ts";

export const title = "The checklist's own targets hold for the app: 50 people, each acting once a second";
export const sizes = { unit: "seconds of load", ci: 5, long: 300 };

const PEOPLE = 50;
const PACE_MS = 1_000;
const WARMING = 4;
/** 1,000 records of 100 events each at the long size, fewer where it is shorter. */
const RECORDS_PER_SECOND = 10 / 3;
const EVENTS_PER_RECORD = 100;
const TARGET = { p95: 200, p99: 500, errorsPercent: 0.1 };

type Place = { readonly record: string; readonly items: readonly string[] };
type Tally = { readonly latencies: number[]; errors: number; firstError: string | null };

/**
 * People look at records, tick, and search the history of an installation that is full. How long they
 * wait is held to the targets at the long size alone: a machine that does other things besides, as CI
 * does, says little about it.
 */
export async function run(size: number, report: Report, seed: number): Promise<Figures> {
  return withApp(async () => {
    const random = randomFrom(seed);
    const team = await makeTeam();
    const places = await fill(team, Math.ceil(size * RECORDS_PER_SECOND), report);
    const leads = await makeCrowd(PEOPLE, "team-lead", team.id);
    const cookies = await Promise.all(
      leads.map(async (lead) => `${SESSION_COOKIE}=${await sessionOf(lead)}`),
    );
    // Each has been there before: the server is warm.
    await inParallel(WARMING, cookies, async (cookie) => {
      await act(cookie, places, random, emptyTally());
    });
    const tally = emptyTally();
    const until = performance.now() + size * 1_000;
    await Promise.all(
      cookies.map(async (cookie) => {
        await sleep(random.below(PACE_MS));
        while (performance.now() < until) {
          const waited = await act(cookie, places, random, tally);
          await sleep(Math.max(0, PACE_MS - waited));
        }
      }),
    );
    const { latencies, errors, firstError } = tally;
    const at = (percent: number) => Math.round(percentile(latencies, percent));
    hold(
      errors * 100 <= TARGET.errorsPercent * latencies.length,
      `${errors} of ${latencies.length} failed: ${firstError}`,
    );
    if (size >= sizes.long) {
      hold(at(95) < TARGET.p95, `P95 is ${at(95)} ms, not below ${TARGET.p95}`);
      hold(at(99) < TARGET.p99, `P99 is ${at(99)} ms, not below ${TARGET.p99}`);
    }
    return {
      people: PEOPLE,
      records: places.length,
      "events before": places.length * EVENTS_PER_RECORD,
      requests: latencies.length,
      "p50 ms": at(50),
      "p95 ms": at(95),
      "p99 ms": at(99),
      errors,
    };
  });
}

function emptyTally(): Tally {
  return { latencies: [], errors: 0, firstError: null };
}

async function fill(team: Team, records: number, report: Report): Promise<readonly Place[]> {
  const places: Place[] = [];
  await inParallel(8, [...Array(records).keys()], async (index) => {
    const record = await openRecord(team, { service: `service ${index % 40}`, targets: ["kubernetes"] });
    const items = await plainItems(record, 12);
    for (let events = 1, to: "done" | "open" = "done"; events < EVENTS_PER_RECORD;) {
      const chosen = items.slice(0, EVENTS_PER_RECORD - events);
      await settleItems(team.engineer, {
        deploymentId: record,
        changes: chosen.map((item) => ({ item, to })),
      });
      events += chosen.length;
      to = to === "done" ? "open" : "done";
    }
    places.push({ record, items });
    if (places.length % 100 === 0) report(`${places.length} records filled`);
  });
  return places;
}

/** One thing that somebody does; answers with the milliseconds that it took. */
async function act(cookie: string, places: readonly Place[], random: Random, tally: Tally): Promise<number> {
  const { record, items } = random.pick(places);
  const began = performance.now();
  const error = await random.pick([
    async () => visit(`/deployments/${record}`, cookie),
    async () => visit(`/api/v1/deployments/${record}`, cookie),
    async () => visit(`/deployments/${record}/history`, cookie),
    async () => visit("/deployments", cookie),
    ...Array.from({ length: 4 }, () => async () => {
      const changes = [{ item: random.pick(items), to: random.pick(["done", "open"] as const) }];
      const { status, code } = await callAction(
        "settleItemsAction",
        { deploymentId: record, changes },
        cookie,
        {},
        `/deployments/${record}`,
      );
      return code === "ok" ? null : `a tick was answered ${status} ${code}`;
    }),
  ])();
  const waited = performance.now() - began;
  tally.latencies.push(waited);
  if (error !== null) {
    tally.errors += 1;
    tally.firstError ??= error;
  }
  return waited;
}

async function visit(path: string, cookie: string): Promise<string | null> {
  const answer = await fetch(`${canonicalOrigin()}${path}`, { headers: { cookie }, redirect: "manual" });
  await answer.arrayBuffer();
  return answer.status === 200 ? null : `${path} was answered ${answer.status}`;
}
