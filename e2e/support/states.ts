import type { Page } from "@playwright/test";
import type { DemoEmail } from "#lib/domain/demo-people.ts";
import { pressUntil } from "./press-until.ts";

/** A page in a state that somebody meets, and how to come to it. */
export type State = {
  readonly name: string;
  readonly as: DemoEmail | null;
  readonly path: string;
  readonly act?: (page: Page) => Promise<void>;
};

/** Every page, with its dialogs: `signing` awaits its approvals, `deploying` is in its deployment phase. */
export function statesOf(signing: string, deploying: string): readonly State[] {
  const press = (name: string) => async (page: Page) => {
    await page.getByRole("button", { name }).first().click();
    await page.getByRole("dialog").waitFor();
    await page.waitForTimeout(300);
  };
  return [
    { name: "sign-in", as: null, path: "/sign-in" },
    { name: "board", as: "lead@demo.test", path: "/deployments" },
    { name: "calendar", as: "lead@demo.test", path: "/calendar" },
    { name: "calendar, a week", as: "lead@demo.test", path: "/calendar?span=week" },
    { name: "freezing", as: "admin@demo.test", path: "/calendar", act: press("Freeze…") },
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
    { name: "notifications", as: "security@demo.test", path: "/notifications" },
    { name: "what one hears of", as: "lead@demo.test", path: "/account/notifications" },
    {
      name: "team notifications",
      as: "lead@demo.test",
      path: "/team-notifications",
      act: press("Add a webhook"),
    },
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
      name: "several chosen",
      as: "lead@demo.test",
      path: `/deployments/${deploying}`,
      act: async (page) => {
        await pressUntil(page, ["j", "s", "j", "s"], page.getByRole("region", { name: "Chosen items" }));
      },
    },
    {
      name: "keys",
      as: "lead@demo.test",
      path: "/deployments",
      act: async (page) => {
        await pressUntil(page, ["?"], page.getByRole("dialog", { name: "Keyboard shortcuts" }));
        await page.waitForTimeout(300);
      },
    },
    {
      name: "account menu",
      as: "auditor@demo.test",
      path: "/history",
      act: async (page) => {
        await page.locator("[popovertarget=account-menu]").click();
      },
    },
    {
      name: "roll back",
      as: "lead@demo.test",
      path: `/deployments/${deploying}/slo`,
      act: press("Roll back…"),
    },
    {
      name: "reopening",
      as: "lead@demo.test",
      path: `/deployments/${deploying}`,
      act: async (page) => {
        await page.getByRole("button", { name: "More actions" }).click();
        await page.getByRole("menuitem", { name: "Reopen Final checks…" }).click();
        await page.getByRole("dialog").waitFor();
        await page.waitForTimeout(300);
      },
    },
    { name: "war room", as: "lead@demo.test", path: `/deployments/${deploying}/war-room` },
    { name: "SLO", as: "lead@demo.test", path: `/deployments/${deploying}/slo` },
    { name: "history of a record", as: "lead@demo.test", path: `/deployments/${deploying}/history` },
    { name: "mine", as: "engineer@demo.test", path: "/mine" },
    { name: "not found", as: "lead@demo.test", path: "/nowhere" },
    {
      name: "no such record",
      as: "lead@demo.test",
      path: "/deployments/00000000-0000-4000-8000-000000000000",
    },
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
    {
      name: "history, its filters",
      as: "auditor@demo.test",
      path: "/history",
      act: async (page) => {
        // Where there is room they stand open.
        const fold = page.getByRole("button", { name: "Filters" });
        if (await fold.isVisible()) await fold.click();
      },
    },
    { name: "history, nothing found", as: "auditor@demo.test", path: "/history?text=nothing-like-it" },
    { name: "proof", as: "auditor@demo.test", path: "/proof" },
    { name: "who looked", as: "auditor@demo.test", path: "/access" },
    { name: "retention", as: "admin@demo.test", path: "/retention" },
    {
      name: "a record as it was",
      as: "auditor@demo.test",
      path: `/deployments/${deploying}/history/as-of?event=2`,
    },
    {
      name: "two moments compared",
      as: "auditor@demo.test",
      path: `/deployments/${deploying}/history/compare?from=2&to=9`,
    },
    {
      name: "palette",
      as: "lead@demo.test",
      path: "/services",
      act: async (page) => {
        await pressUntil(page, ["Control+k"], page.getByRole("option", { name: /^Board/ }));
      },
    },
    { name: "insights", as: "lead@demo.test", path: "/insights" },
    {
      name: "insights, nothing found",
      as: "lead@demo.test",
      path: "/insights?environment=nothing-like-it",
    },
    { name: "people", as: "admin@demo.test", path: "/people" },
    { name: "adding a person", as: "admin@demo.test", path: "/people", act: press("Add a person") },
  ];
}
