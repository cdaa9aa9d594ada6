import { chromium } from "@playwright/test";
import { launchOptions } from "#test/support/browser.ts";

/** Kilobytes of JavaScript, as sent, that a first visit to a page loads. */
export async function javascriptOf(url: string, cookie: { name: string; value: string }): Promise<number> {
  const browser = await chromium.launch(launchOptions());
  try {
    const context = await browser.newContext();
    await context.addCookies([{ ...cookie, url }]);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
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
    return bytes / 1024;
  } finally {
    await browser.close();
  }
}
