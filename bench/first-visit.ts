import { chromium, type Page } from "@playwright/test";
import { launchOptions } from "#test/support/browser.ts";
import { percentile } from "./percentile.ts";

type Cookie = { readonly name: string; readonly value: string };

export type FirstVisit = {
  /** JavaScript as sent, compressed. */
  readonly kilobytes: number;
  /** Largest Contentful Paint, milliseconds from the navigation; the median of the visits. */
  readonly lcpMs: number;
  /** What long tasks took beyond 50 ms each, summed; the median of the visits. */
  readonly blockingMs: number;
};

const VISITS = 5;

/** Visits a page with nothing cached, in real Chromium, and measures what its visitor waits for. */
export async function firstVisit(url: string, cookie: Cookie): Promise<FirstVisit> {
  const visits: FirstVisit[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) visits.push(await inFreshPage(cookie, url, visitOnce(url)));
  const median = (of: (visit: FirstVisit) => number) => percentile(visits.map(of), 50);
  return {
    kilobytes: median(({ kilobytes }) => kilobytes),
    lcpMs: median(({ lcpMs }) => lcpMs),
    blockingMs: median(({ blockingMs }) => blockingMs),
  };
}

/**
 * Milliseconds from a click on a box to the next frame painted, as the browser's own Event Timing
 * tells them (in steps of 8 ms; below 16 it tells nothing, and they count as 16): INP's ground.
 */
export async function tickLatencies(url: string, cookie: Cookie, ticks: number): Promise<readonly number[]> {
  return inFreshPage(cookie, url, async (page) => {
    await page.goto(url, { waitUntil: "networkidle" });
    await page.evaluate(() => {
      const durations = new Map<number, number>();
      Reflect.set(globalThis, "tickDurations", durations);
      const wanted = { type: "event", durationThreshold: 16 };
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const id: unknown = Reflect.get(entry, "interactionId");
          if (typeof id === "number" && id > 0)
            durations.set(id, Math.max(entry.duration, durations.get(id) ?? 0));
        }
      }).observe(wanted);
    });
    // Those that ask for nothing besides: a click on another opens its sheet.
    const boxes = page
      .locator("li[data-item]:not([data-locked])")
      .filter({ hasNotText: /needs|begin|left/ })
      .getByRole("checkbox");
    for (let index = 0; index < ticks; index += 1) {
      await boxes.nth(index).click();
      await page.waitForTimeout(100);
    }
    const told = await page.evaluate(() => {
      const durations: unknown = Reflect.get(globalThis, "tickDurations");
      return durations instanceof Map ? [...durations.values()].map(Number) : [];
    });
    return [...told, ...Array.from({ length: Math.max(0, ticks - told.length) }, () => 16)];
  });
}

function visitOnce(url: string) {
  return async (page: Page): Promise<FirstVisit> => {
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    const scripts = new Set<string>();
    let bytes = 0;
    session.on("Network.responseReceived", ({ requestId, type }) => {
      if (type === "Script") scripts.add(requestId);
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto(url, { waitUntil: "networkidle" });
    const lcpMs = (await entriesOf(page, "largest-contentful-paint")).at(-1)?.startTime ?? 0;
    const blocking = (await entriesOf(page, "longtask")).map(({ duration }) => Math.max(0, duration - 50));
    return { kilobytes: bytes / 1024, lcpMs, blockingMs: blocking.reduce((sum, each) => sum + each, 0) };
  };
}

async function entriesOf(page: Page, type: string) {
  return page.evaluate(
    (wanted) =>
      new Promise<{ startTime: number; duration: number }[]>((resolve) => {
        const timer = setTimeout(() => resolve([]), 500);
        new PerformanceObserver((list) => {
          clearTimeout(timer);
          resolve(list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })));
        }).observe({ type: wanted, buffered: true });
      }),
    type,
  );
}

async function inFreshPage<T>(cookie: Cookie, url: string, act: (page: Page) => Promise<T>): Promise<T> {
  const browser = await chromium.launch(launchOptions());
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    // Good for the whole origin: of an address with a path it would be for that folder alone.
    await context.addCookies([{ ...cookie, url: new URL(url).origin }]);
    return await act(await context.newPage());
  } finally {
    await browser.close();
  }
}
