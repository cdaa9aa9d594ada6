import type { Page } from "@playwright/test";
import { allItems } from "#lib/domain/checklist.ts";
import { load } from "./factories.ts";

/** Item to what its box shows: `open`, `done` or `not-applicable`. */
export type Boxes = Readonly<Record<string, string>>;

/** What the boxes of a page show, once nothing is on its way any more. */
export async function boxesOf(page: Page): Promise<Boxes> {
  await page.waitForFunction(
    () => !/saving…|Kept on this device/.test(document.body.textContent ?? ""),
    undefined,
    { timeout: 30_000 },
  );
  return page.locator("[data-item]").evaluateAll((rows) =>
    Object.fromEntries(
      rows.map((row) => {
        const box = row.querySelector<HTMLInputElement>("[data-tick]");
        const status = box?.dataset["waived"] === undefined ? "done" : "not-applicable";
        return [row.getAttribute("data-item") ?? "", box?.checked === true ? status : "open"];
      }),
    ),
  );
}

/** What the database says of the items that a page shows. */
export async function boxesInDatabase(deploymentId: string, shown: Boxes): Promise<Boxes> {
  const { items } = await load(deploymentId);
  return Object.fromEntries(Object.keys(shown).map((item) => [item, items[item]?.status ?? "open"]));
}

/** Items of the first phase that one click ticks: nothing is required of them. */
export async function plainItems(deploymentId: string, count: number): Promise<readonly string[]> {
  const { checklist } = await load(deploymentId);
  const [first] = checklist.phases;
  return allItems(checklist)
    .filter(({ phase, item }) => phase.key === first?.key && item.requirement === undefined)
    .slice(0, count)
    .map(({ item }) => item.key);
}

/** Clicks a box at once, wherever it is scrolled to. */
export async function click(page: Page, item: string): Promise<void> {
  await page.locator(`#item-${item} [data-tick]`).evaluate((box: HTMLElement) => box.click());
}

/** Counts each note 'somebody ticked this' from now on, by page. */
export async function countNotes(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const seen = new Set<Element>();
    const look = () =>
      document.querySelectorAll("[id^='first-'], [id^='refusal-']").forEach((note) => seen.add(note));
    new MutationObserver(() => {
      look();
      document.documentElement.dataset["notes"] = String(seen.size);
    }).observe(document.body, { subtree: true, childList: true });
  });
  return async () => Number(await page.evaluate(() => document.documentElement.dataset["notes"] ?? "0"));
}
