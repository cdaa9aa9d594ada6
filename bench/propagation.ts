import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Page } from "@playwright/test";
import { z } from "zod";
import type { Actor } from "#lib/domain/actor.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { crowdPause } from "#components/deployment/crowd-pause.ts";
import { launchOptions } from "#test/support/browser.ts";
import { readStream, type StreamClient } from "#test/support/event-stream-client.ts";

export type Propagation = {
  /** From the commit to the event's sentence at the listener, in milliseconds, one a listener and change. */
  readonly told: readonly number[];
  /** To the whole view read anew, as a page does at once. */
  readonly read: readonly number[];
  /** To the box in a real browser, among the others. */
  readonly shown: readonly number[];
  /** Readings of the view that the server refused. */
  readonly failed: number;
};

const CHANGES = 20;
const ITEM = "mtls-enabled";

/** Changes one item again and again while so many listeners, and one browser, have the record open. */
export async function propagation(
  url: string,
  deploymentId: string,
  engineer: Actor,
  cookies: readonly string[],
): Promise<Propagation> {
  const figures = { told: [] as number[], read: [] as number[], shown: [] as number[], failed: 0 };
  const commits = new Map<number, number>();
  const reading: Promise<void>[] = [];
  const listeners: StreamClient[] = [];
  for (const cookie of cookies) {
    const readView = async (seq: number) => {
      await sleep(Math.random() * crowdPause(cookies.length - 1));
      const answer = await fetch(`${url}/api/v1/deployments/${deploymentId}`, { headers: { cookie } });
      if (!answer.ok) {
        figures.failed += 1;
        return;
      }
      if (revisionSchema.parse(await answer.json()).revision >= seq)
        figures.read.push(Date.now() - (await commitOf(commits, seq)));
    };
    const listener = await readStream(`${url}/api/live`, { cookie }, ({ event, data }) => {
      if (event !== "change" || data["deployment"] !== deploymentId) return;
      const seq = Number(data["seq"]);
      const at = Date.now();
      reading.push(
        commitOf(commits, seq).then((committed) => void figures.told.push(at - committed)),
        readView(seq),
      );
    });
    listeners.push(listener);
  }
  const browser = await chromium.launch(launchOptions());
  const [watcher = ""] = cookies;
  const page = await openWatched(await browser.newContext(), url, deploymentId, watcher);
  for (let change = 0; change < CHANGES; change += 1) {
    const done = change % 2 === 0;
    await settleItem(engineer, deploymentId, { item: ITEM, to: done ? "done" : "open" });
    const committed = Date.now();
    commits.set(commits.size + 1 + FIRST_EVENTS, committed);
    figures.shown.push((await shownAt(page, done)) - committed);
    await Promise.all(reading);
    await sleep(200);
  }
  for (const listener of listeners) listener.close();
  await browser.close();
  return figures;
}

/** The record is opened, and its first phase begun, before the first change. */
const FIRST_EVENTS = 1;
const revisionSchema = z.object({ revision: z.number() });

// A listener may hear of a commit before the writer does.
async function commitOf(commits: ReadonlyMap<number, number>, seq: number): Promise<number> {
  for (;;) {
    const at = commits.get(seq);
    if (at !== undefined) return at;
    await sleep(1);
  }
}

async function openWatched(
  context: Awaited<ReturnType<Awaited<ReturnType<typeof chromium.launch>>["newContext"]>>,
  url: string,
  id: string,
  cookie: string,
): Promise<Page> {
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  const here = page.waitForResponse("**/api/live/presence");
  await page.goto(`${url}/deployments/${id}`);
  await here;
  await page.evaluate((item) => {
    const box = () => document.querySelector<HTMLInputElement>(`#item-${item} [data-tick]`)?.checked === true;
    let last = box();
    const look = () => {
      if (box() !== last) {
        last = !last;
        document.documentElement.dataset["seen"] = `${last}:${Date.now()}`;
      }
      requestAnimationFrame(look);
    };
    look();
  }, ITEM);
  return page;
}

async function shownAt(page: Page, done: boolean): Promise<number> {
  const seen = await page.waitForFunction(
    (state) =>
      document.documentElement.dataset["seen"]?.startsWith(`${state}:`) === true &&
      document.documentElement.dataset["seen"],
    done,
    { polling: 20 },
  );
  return Number(String(await seen.jsonValue()).split(":")[1]);
}
