import type { Page } from "@playwright/test";
import type { State } from "./states.ts";

/** A state that lasts until it is left. */
export type Trouble = State & { readonly leave?: (page: Page) => Promise<void> };

/** What somebody sees when something is wrong: for pictures, since such pages complain as they should. */
export function troublesOf(deploying: string): readonly Trouble[] {
  return [
    {
      name: "a fault",
      as: "lead@demo.test",
      path: "/deployments",
      act: async (page) => {
        // A page that cannot be drawn: the browser lacks what it is drawn with.
        await page.evaluate(() => Reflect.deleteProperty(Map, "groupBy"));
        await page.locator("tbody a").first().click();
        await page.getByText("Something went wrong").waitFor();
      },
    },
    {
      name: "offline, with a tick that is kept",
      as: "lead@demo.test",
      path: `/deployments/${deploying}`,
      act: async (page) => {
        await page.context().setOffline(true);
        await page.getByText("Offline").waitFor();
        await page.getByRole("checkbox", { name: "Run database migrations" }).click();
        await page.getByText("Kept on this device").waitFor();
      },
      leave: async (page) => {
        await page.getByRole("checkbox", { name: "Run database migrations" }).click();
        await page.context().setOffline(false);
      },
    },
    {
      name: "session ended",
      as: "lead@demo.test",
      path: "/deployments",
      act: async (page) => {
        await page.route("**/api/live?*", (route) => route.fulfill({ status: 401 }));
        await page.reload();
        await page.getByText("Your session has ended").waitFor();
      },
      leave: (page) => page.unrouteAll(),
    },
  ];
}
