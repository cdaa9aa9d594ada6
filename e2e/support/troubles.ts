import type { Page, Route } from "@playwright/test";
import { settleItem } from "#lib/services/checklist-items.ts";
import { everybody } from "./records.ts";
import type { State } from "./states.ts";

/** A state that lasts until it is left, seen by whoever has that e-mail. */
export type Trouble = Omit<State, "as"> & {
  readonly as: string | null;
  readonly leave?: (page: Page) => Promise<void>;
};

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
        await page.getByRole("heading", { name: "Something went wrong" }).waitFor();
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
    refusedTick(deploying),
    sessionEndedUnderAForm(),
    slowRollback(deploying),
  ];
}

function refusedTick(deploying: string): Trouble {
  const item = "run-migrations";
  const other = async () => (await everybody())["engineer2@demo.test"];
  return {
    name: "a tick that is refused",
    as: "lead@demo.test",
    path: `/deployments/${deploying}`,
    act: async (page) => {
      await page.context().setOffline(true);
      await page.getByText("Offline").waitFor();
      await page.locator(`#item-${item}`).getByRole("checkbox").click();
      await page.getByText("Kept on this device").waitFor();
      await settleItem(await other(), deploying, { item, to: "not-applicable", reason: "No schema changes" });
      await page.context().setOffline(false);
      await page.getByText("yours was not sent").first().waitFor();
    },
    leave: async () => {
      await settleItem(await other(), deploying, { item, to: "open" });
    },
  };
}

function sessionEndedUnderAForm(): Trouble {
  let cookies: Awaited<ReturnType<ReturnType<Page["context"]>["cookies"]>> = [];
  return {
    name: "session ended under a form",
    as: "lead@demo.test",
    path: "/deployments/new",
    act: async (page) => {
      cookies = await page.context().cookies();
      await page.getByLabel("Service", { exact: true }).fill("payments-api");
      await page.context().clearCookies();
      await page.getByRole("button", { name: "Open the deployment" }).click();
      await page.getByRole("link", { name: "Sign in again" }).last().waitFor();
    },
    leave: (page) => page.context().addCookies(cookies),
  };
}

function slowRollback(deploying: string): Trouble {
  const waiting: Route[] = [];
  return {
    name: "a rollback on its way to a slow server",
    as: "lead@demo.test",
    path: `/deployments/${deploying}`,
    act: async (page) => {
      await page.route("**/deployments/*", (route) =>
        route.request().method() === "POST" ? void waiting.push(route) : route.continue(),
      );
      await page.getByRole("button", { name: "Roll back…" }).click();
      await page.getByRole("dialog").getByLabel("What went wrong?").fill("Errors rose to 4 %.");
      await page.getByRole("button", { name: "Roll back now" }).click();
    },
    // It never arrives.
    leave: async (page) => {
      for (const route of waiting.splice(0)) await route.abort();
      await page.unrouteAll();
    },
  };
}
