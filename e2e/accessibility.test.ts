import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { DemoEmail } from "#lib/domain/demo-people.ts";
import { complete, openRecord, toT0 } from "./support/records.ts";
import { expect, test } from "./support/test.ts";

type State = {
  readonly name: string;
  readonly as: DemoEmail | null;
  readonly path: string;
  readonly act?: (page: Page) => Promise<void>;
};

const LOOKS = [
  { name: "light, wide", colorScheme: "light", phone: false },
  { name: "dark, wide", colorScheme: "dark", phone: false },
  { name: "light, phone", colorScheme: "light", phone: true },
  { name: "dark, phone", colorScheme: "dark", phone: true },
] as const;

for (const look of LOOKS) {
  test(`axe finds nothing on any page: ${look.name}`, async ({ signInAs, openPage }) => {
    test.setTimeout(480_000);
    const signing = await openRecord();
    await complete(signing, "pre-deployment", "final-checks");
    const deploying = await toT0();
    const problems: string[] = [];
    const pages = new Map<DemoEmail | null, Page>();
    for (const state of statesOf(signing.id, deploying.id)) {
      const page =
        pages.get(state.as) ?? (state.as === null ? await openPage(look) : await signInAs(state.as, look));
      pages.set(state.as, page);
      await page.goto(state.path);
      await state.act?.(page);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      problems.push(
        ...violations.map(
          ({ id, nodes }) =>
            `${state.name}: ${id} at ${nodes
              .map(({ target }) => target.join(" "))
              .slice(0, 3)
              .join(", ")}`,
        ),
      );
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) problems.push(`${state.name}: scrolls sideways by ${overflow} px`);
    }
    expect(problems).toEqual([]);
  });
}

function statesOf(signing: string, deploying: string): readonly State[] {
  const press = (name: string) => async (page: Page) => {
    await page.getByRole("button", { name }).first().click();
    await page.getByRole("dialog").waitFor();
    await page.waitForTimeout(300);
  };
  return [
    { name: "sign-in", as: null, path: "/sign-in" },
    { name: "board", as: "lead@demo.test", path: "/deployments" },
    { name: "services", as: "lead@demo.test", path: "/services" },
    {
      name: "service",
      as: "lead@demo.test",
      path: "/services",
      act: async (page) => {
        await page.locator("tbody a").first().click();
        await page.getByRole("button", { name: "Save" }).waitFor();
      },
    },
    { name: "tokens", as: "lead@demo.test", path: "/tokens", act: press("Make a token") },
    { name: "account", as: "lead@demo.test", path: "/account" },
    { name: "security log", as: "admin@demo.test", path: "/security-log" },
    { name: "recovery", as: null, path: "/recover" },
    { name: "API reference", as: "lead@demo.test", path: "/api-reference" },
    { name: "jobs", as: "admin@demo.test", path: "/jobs" },
    { name: "board, nothing found", as: "lead@demo.test", path: "/deployments?q=nothing-like-it" },
    {
      name: "new deployment with errors",
      as: "lead@demo.test",
      path: "/deployments/new",
      act: async (page) => {
        await page.getByRole("button", { name: "Open the deployment" }).click();
        await page.getByText("Give the version").waitFor();
      },
    },
    { name: "checklist", as: "lead@demo.test", path: `/deployments/${deploying}` },
    {
      name: "item",
      as: "lead@demo.test",
      path: `/deployments/${deploying}#item-run-migrations`,
      act: async (page) => {
        await page.getByRole("dialog").waitFor();
        await page.waitForTimeout(300);
      },
    },
    {
      name: "roll back",
      as: "lead@demo.test",
      path: `/deployments/${deploying}/slo`,
      act: press("Roll back…"),
    },
    { name: "SLO", as: "lead@demo.test", path: `/deployments/${deploying}/slo` },
    { name: "history of a record", as: "lead@demo.test", path: `/deployments/${deploying}/history` },
    { name: "not found", as: "lead@demo.test", path: "/nowhere" },
    { name: "inbox", as: "eng-lead@demo.test", path: "/inbox" },
    { name: "sign-off", as: "eng-lead@demo.test", path: `/deployments/${signing}/sign-off` },
    {
      name: "signing",
      as: "eng-lead@demo.test",
      path: `/deployments/${signing}/sign-off`,
      act: press("Approve…"),
    },
    { name: "delegations", as: "eng-lead@demo.test", path: "/account/delegations" },
    {
      name: "naming a stand-in",
      as: "eng-lead@demo.test",
      path: "/account/delegations",
      act: press("Name a stand-in"),
    },
    { name: "history", as: "auditor@demo.test", path: "/history" },
    { name: "people", as: "admin@demo.test", path: "/people" },
    { name: "adding a person", as: "admin@demo.test", path: "/people", act: press("Add a person") },
  ];
}
