import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { DemoEmail } from "#lib/domain/demo-people.ts";
import { complete, openRecord, toT0 } from "./support/records.ts";
import { statesOf } from "./support/states.ts";
import { expect, test } from "./support/test.ts";

const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const HALVES = 2;
const PHONE = 375;
/** WCAG 1.4.10: nothing scrolls sideways down to here. */
const NARROWEST = 320;

// Each state is visited once and looked at in every way; the states are shared out among the workers.
for (let half = 0; half < HALVES; half += 1) {
  test(`axe finds nothing on any page, light and dark, wide and on a phone: part ${half + 1}`, async ({
    signInAs,
    openPage,
  }) => {
    test.setTimeout(480_000);
    const signing = await openRecord();
    await complete(signing, "pre-deployment", "final-checks");
    const deploying = await toT0();
    const problems: string[] = [];
    const pages = new Map<DemoEmail | null, Page>();
    const states = statesOf(signing.id, deploying.id).filter((_state, index) => index % HALVES === half);
    for (const state of states) {
      const page = pages.get(state.as) ?? (state.as === null ? await openPage() : await signInAs(state.as));
      pages.set(state.as, page);
      await page.goto(state.path);
      await state.act?.(page);
      problems.push(...(await problemsOf(page)).map((problem) => `${state.name}: ${problem}`));
    }
    expect(problems).toEqual([]);
  });
}

async function problemsOf(page: Page): Promise<readonly string[]> {
  const viewport = page.viewportSize();
  if (viewport === null) throw new Error("a page without a viewport");
  const wide = [...(await violationsOf(page)), ...(await inTheDark(page)), ...(await sideways(page))];
  await page.setViewportSize({ ...viewport, width: PHONE });
  const phone = [...(await violationsOf(page)), ...(await inTheDark(page))];
  await page.setViewportSize({ ...viewport, width: NARROWEST });
  const narrowest = await sideways(page);
  await page.setViewportSize(viewport);
  return [...wide, ...phone.map((problem) => `${problem} (phone)`), ...narrowest];
}

async function violationsOf(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  const builder = new AxeBuilder({ page });
  const { violations } = await (
    rules === undefined ? builder.withTags(STANDARD) : builder.withRules([...rules])
  ).analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.flatMap(({ target }) => target).join(", ")}`);
}

/** The page is the same in the dark but for its colours, so only what asks about colours is asked again. */
async function inTheDark(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: "dark" });
  const violations = await violationsOf(page, ["color-contrast", "link-in-text-block"]);
  await page.emulateMedia({ colorScheme: "light" });
  return violations.map((violation) => `${violation} (dark)`);
}

async function sideways(page: Page): Promise<readonly string[]> {
  const { overflow, width } = await page.evaluate(() => ({
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    width: innerWidth,
  }));
  return overflow > 0 ? [`scrolls sideways by ${overflow} px at ${width} px`] : [];
}
