import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { now } from "#lib/clock.ts";
import { createPerson } from "#lib/services/people.ts";
import { grantRole } from "#lib/services/roles.ts";
import { prisma } from "#lib/db/prisma.ts";
import type { Role } from "#lib/domain/roles.ts";
import { ADMINISTRATOR } from "#scripts/admin/administrator.ts";
import { complete, openRecord } from "./support/records.ts";
import { app, expect, test } from "./support/test.ts";

const PASSWORD = "a long enough password";

// A passkey belongs to a name; the other tests use the bare address.
const NAMED = app.url.replace("127.0.0.1", "localhost");

/** Somebody of the demo team with nothing set up yet, so that tests leave the cast as it is. */
async function newcomer(role: Role): Promise<{ email: string; name: string }> {
  const email = `${randomUUID()}@demo.test`;
  const name = `Newcomer ${email.slice(0, 4)}`;
  const personId = await createPerson(ADMINISTRATOR, { name, email, password: PASSWORD });
  const team = await prisma().team.findUniqueOrThrow({ where: { name: "Payments" } });
  await grantRole(ADMINISTRATOR, { personId, role, teamId: team.id });
  return { email, name };
}

async function givePassword(page: Page, email: string): Promise<void> {
  await page.goto(`${NAMED}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.locator("header button[popovertarget]").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Countersign" })).toBeVisible();
}

async function virtualAuthenticator(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test("a passkey is enrolled, signs in, and signs an approval", async ({ openPage }) => {
  const run = await openRecord();
  await complete(run, "pre-deployment", "final-checks");
  const { email } = await newcomer("engineering-lead");
  const page = await openPage();
  await virtualAuthenticator(page);
  await givePassword(page, email);
  await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
  await page.goto(`${NAMED}/account`);
  await page.getByLabel("Name of the new passkey").fill("Work laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("Work laptop")).toBeVisible();
  await signOut(page);

  await givePassword(page, email);
  await page.getByRole("button", { name: "Use your passkey" }).click();
  await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
  await page.goto(`${NAMED}/deployments/${run.id}/sign-off`);
  await page.getByRole("button", { name: "Approve…" }).click();
  await expect(page.getByText("Your browser asks for the passkey when you go on.")).toBeVisible();
  await page.getByRole("button", { name: "Approve and sign" }).click();
  await expect(page.getByText("with passkey")).toBeVisible();
});

test("one-time codes: set up, sign in, and a recovery code when the device is gone", async ({ openPage }) => {
  const { email } = await newcomer("engineer");
  const page = await openPage();
  await givePassword(page, email);
  await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
  await page.goto(`${NAMED}/account`);
  await page.getByRole("button", { name: "Set up one-time codes" }).click();
  const secret = await page.getByRole("button", { name: /^Copy secret/ }).textContent();
  const code = () => new TOTP({ secret: secret?.trim() ?? "" }).generate({ timestamp: Date.parse(now()) });
  await page.getByRole("textbox", { name: "One-time code" }).fill("000000");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("This is not the code that goes with this QR code now").first()).toBeVisible();
  await page.getByRole("textbox", { name: "One-time code" }).fill(code());
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("button", { name: "Remove one-time codes" })).toBeVisible();
  await page.getByRole("button", { name: "Make new codes" }).click();
  const codes = page.getByRole("dialog").getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const recovery = await codes.first().textContent();
  await page.getByRole("button", { name: "I have kept them" }).click();
  await signOut(page);

  await givePassword(page, email);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code").fill(recovery ?? "");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
  await page.goto(`${NAMED}/account`);
  await expect(page.getByText("9 left. New ones make these worthless.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "used a recovery code" }).first()).toBeVisible();
});

test("an admin lets somebody back in with a link that works once", async ({ signInAs, openPage }) => {
  const { email, name } = await newcomer("engineer");
  const admin = await signInAs("admin@demo.test");
  await admin.goto("/people");
  const row = admin.getByRole("row").filter({ hasText: email });
  await row.getByRole("button", { name: `Actions for ${name}` }).click();
  await admin.getByRole("menuitem", { name: "Make a recovery link…" }).click();
  await admin.getByRole("button", { name: "Make the link" }).click();
  const link = await admin.getByRole("button", { name: /^Copy link/ }).textContent();
  const page = await openPage();
  await page.goto(link?.trim() ?? "");
  await page.getByLabel("New password").fill("password1234");
  await page.getByLabel("Once more").fill("password1234");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByText("Too many people use this password; choose another")).toBeVisible();
  await page.getByLabel("New password").fill("a better one than that");
  await page.getByLabel("Once more").fill("a better one than that");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Countersign" })).toBeVisible();
  const again = await openPage();
  await again.goto(link?.trim() ?? "");
  await again.getByLabel("New password").fill("a better one than that");
  await again.getByLabel("Once more").fill("a better one than that");
  await again.getByRole("button", { name: "Set the password" }).click();
  await expect(again.getByText("This link does not hold any more; ask an admin for another")).toBeVisible();
  await admin.goto("/security-log");
  await expect(
    admin.getByRole("listitem").filter({ hasText: "recovered the account" }).first(),
  ).toBeVisible();
});
