import { readdirSync } from "node:fs";
import { beforeAll, expect, inject, test } from "vitest";
import type { DemoEmail } from "#lib/domain/demo-people.ts";
import { DEMO_PEOPLE } from "#lib/domain/demo-people.ts";
import { prisma } from "#lib/db/prisma.ts";
import { signIn } from "#lib/services/sign-in.ts";

const everyone = DEMO_PEOPLE.map(({ email }) => email);
const only = (...emails: readonly DemoEmail[]) => emails;

/** Who gets 200; everybody else who is signed in gets 404. A page without a row fails. */
const PAGES: Readonly<Record<string, readonly DemoEmail[]>> = {
  "(app)/account": everyone,
  "(app)/account/delegations": everyone,
  "(app)/access": only("auditor@demo.test", "admin@demo.test"),
  "(app)/api-reference": everyone,
  "(app)/deployments": everyone,
  "(app)/deployments/[id]": everyone,
  "(app)/deployments/[id]/history": everyone,
  "(app)/deployments/[id]/history/as-of": everyone,
  "(app)/deployments/[id]/history/compare": everyone,
  "(app)/deployments/[id]/sign-off": everyone,
  "(app)/deployments/[id]/slo": everyone,
  "(app)/deployments/new": only("lead@demo.test"),
  "(app)/history": only("lead@demo.test", "auditor@demo.test", "admin@demo.test"),
  "(app)/inbox": everyone,
  "(app)/jobs": only("admin@demo.test"),
  "(app)/people": only("admin@demo.test"),
  "(app)/security-log": only("auditor@demo.test", "admin@demo.test"),
  "(app)/retention": only("admin@demo.test"),
  "(app)/services": everyone,
  "(app)/services/[id]": everyone,
  "(app)/tokens": everyone,
};

/** Pages outside the app's frame. */
const OPEN_PAGES = ["", "recover", "setup", "sign-in"];

const cookies = new Map<DemoEmail, string>();
let id: string;
let serviceId: string;

beforeAll(async () => {
  for (const email of everyone) {
    const session = await signIn(email, "countersign-demo", `pages-${email}`);
    cookies.set(email, `countersign.session=${session?.token}`);
  }
  ({ id, serviceId } = await prisma().deployment.findFirstOrThrow({
    where: { team: { name: "Payments" } },
    select: { id: true, serviceId: true },
  }));
});

test("every page of the app has a row", () => {
  const pages = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("page.tsx"))
    .map((path) => path.replace(/\/?page\.tsx$/, ""));
  expect(pages.toSorted()).toEqual([...Object.keys(PAGES), ...OPEN_PAGES].toSorted());
});

test.each(Object.entries(PAGES))("%s", async (page, allowed) => {
  for (const email of everyone) {
    expect(await statusOf(page, cookies.get(email) ?? ""), email).toBe(allowed.includes(email) ? 200 : 404);
  }
  for (const cookie of ["", "countersign.session=forged"]) {
    const { status, location } = await request(page, cookie);
    expect([status, location?.startsWith("/sign-in?from=")]).toEqual([307, true]);
  }
});

async function statusOf(page: string, cookie: string): Promise<number> {
  return (await request(page, cookie)).status;
}

async function request(page: string, cookie: string): Promise<{ status: number; location: string | null }> {
  const path = page.replace("(app)", "").replace("[id]", page.includes("services") ? serviceId : id);
  const answer = await fetch(`${inject("app").url}${path}`, { headers: { cookie }, redirect: "manual" });
  return { status: answer.status, location: answer.headers.get("location") };
}
