import { app, expect, test } from "./support/test.ts";

const INJECTIONS = [
  '<script>document.title = "taken over"</script>',
  '<img src="/nowhere.png" onerror="document.title = \'taken over\'">',
  '<script src="data:text/javascript,document.title=%22taken over%22"></script>',
  '<script src="/_next/static/../../cli/countersign.mjs"></script>',
  "<iframe srcdoc=\"<script>parent.document.title = 'taken over'</script>\"></iframe>",
  '<base href="https://evil.example/">',
  "<style>body { display: none }</style>",
];

test("what is injected into a page does not run, and the page itself does", async ({ browser }) => {
  const page = await (await browser.newContext({ baseURL: app.url })).newPage();
  const refused: string[] = [];
  await page.exposeFunction("refused", (directive: string) => refused.push(directive));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
      const report: unknown = Reflect.get(globalThis, "refused");
      if (typeof report === "function") report(effectiveDirective);
    });
  });
  await page.route("**/sign-in", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace("</body>", `${INJECTIONS.join("")}</body>`);
    await route.fulfill({ response: answer, body });
  });
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("engineer@demo.test");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("E-mail and password do not match.")).toBeVisible();
  expect(await page.title()).not.toContain("taken over");
  expect(await page.evaluate(() => document.baseURI)).toBe(`${app.url}/sign-in`);
  expect(new Set(refused)).toEqual(
    new Set(["script-src-elem", "script-src-attr", "base-uri", "style-src-elem"]),
  );
  await page.context().close();
});
