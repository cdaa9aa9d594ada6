import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { DemoEmail } from "#lib/domain/demo-people.ts";
import { complete, openRecord, toT0 } from "./support/records.ts";
import { statesOf } from "./support/states.ts";
import { expect, test } from "./support/test.ts";

const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const phone of [false, true]) {
  test(`axe finds nothing on any page, light and dark: ${phone ? "phone" : "wide"}`, async ({
    signInAs,
    openPage,
  }) => {
    test.setTimeout(480_000);
    const signing = await openRecord();
    await complete(signing, "pre-deployment", "final-checks");
    const deploying = await toT0();
    const problems: string[] = [];
    const pages = new Map<DemoEmail | null, Page>();
    for (const state of statesOf(signing.id, deploying.id)) {
      const page =
        pages.get(state.as) ??
        (state.as === null ? await openPage({ phone }) : await signInAs(state.as, { phone }));
      pages.set(state.as, page);
      await page.goto(state.path);
      await state.act?.(page);
      const found = [...(await violationsOf(page)), ...(await inTheDark(page)), ...(await narrow(page))];
      problems.push(...found.map((problem) => `${state.name}: ${problem}`));
    }
    expect(problems).toEqual([]);
  });
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

/** No page scrolls sideways, down to the 320 px of WCAG 1.4.10. */
async function narrow(page: Page): Promise<readonly string[]> {
  const viewport = page.viewportSize();
  if (viewport === null) throw new Error("a page without a viewport");
  const problems: string[] = [];
  for (const width of viewport.width < 400 ? [viewport.width, 320] : [viewport.width]) {
    await page.setViewportSize({ ...viewport, width });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) problems.push(`scrolls sideways by ${overflow} px at ${width} px`);
  }
  await page.setViewportSize(viewport);
  return problems;
}
