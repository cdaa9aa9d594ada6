import { expect, test } from "vitest";
import { chooseWayInput, markNotificationsInput } from "#lib/domain/inputs/notifications.ts";
import {
  addWebhookInput,
  changeWebhookInput,
  remindersInput,
  webhookInput,
} from "#lib/domain/inputs/team-notifications.ts";

const ID = "7ea00000-0000-4000-8000-000000000001";

test.each([
  [1, 2, true],
  [720, null, true],
  [null, 720, true],
  [null, null, true],
  [2, 2, false],
  [3, 2, false],
  [0, 2, false],
  [1, 721, false],
  [1.5, 2, false],
])("reminded after %s hours, the leads after %s: %s", (remindAfterHours, escalateAfterHours, isSound) => {
  const input = { teamId: ID, remindAfterHours, escalateAfterHours };
  expect(remindersInput.safeParse(input).success).toBe(isSound);
});

test("that the leads come first is said beside their field", () => {
  const { error } = remindersInput.safeParse({ teamId: ID, remindAfterHours: 3, escalateAfterHours: 3 });
  expect(error?.issues).toMatchObject([
    { path: ["escalateAfterHours"], message: "Leads are told after the reminder" },
  ]);
});

const webhook = {
  teamId: ID,
  kind: "signed",
  name: "Chat",
  url: "https://hooks.example.com/1",
  news: ["turn"],
};

test.each<[string, object, string | null]>([
  ["sound", {}, null],
  ["no news", { news: [] }, "Choose at least one kind of news"],
  ["the same news twice", { news: ["turn", "turn"] }, "Each kind at most once"],
  ["no name", { name: " " }, "Give it a name"],
  ["a name of two lines", { name: "a\nb" }, "Must be a single line"],
  ["a name too long", { name: "a".repeat(61) }, "At most 60 characters"],
  [
    "an account in the address",
    { url: "https://me:secret@hooks.example.com/1" },
    "Must be an http or https address without a password in it",
  ],
  [
    "another scheme",
    { url: "file:///etc/passwd" },
    "Must be an http or https address without a password in it",
  ],
])("a webhook with %s", (_what, more, message) => {
  const { error } = addWebhookInput.safeParse({ ...webhook, ...more });
  expect(error?.issues[0]?.message ?? null).toBe(message);
});

test.each([
  { kind: "irc" },
  { news: ["everything"] },
  { news: ["retention"] },
  { teamId: "x" },
  { secret: "x" },
])("a webhook is refused with %j", (more) => {
  expect(addWebhookInput.safeParse({ ...webhook, ...more }).success).toBe(false);
});

test("a webhook keeps what is not named, and so do reminders", () => {
  const change = { webhookId: ID, name: "Chat", news: ["turn"] };
  expect(changeWebhookInput.parse(change)).toEqual(change);
  expect(changeWebhookInput.parse({ webhookId: ID })).toEqual({ webhookId: ID });
  expect(remindersInput.parse({ teamId: ID, remindAfterHours: 3 })).toEqual({
    teamId: ID,
    remindAfterHours: 3,
  });
  expect(changeWebhookInput.safeParse({ ...change, url: "" }).success).toBe(false);
  expect(changeWebhookInput.safeParse({ ...change, kind: "slack" }).success).toBe(false);
  expect(webhookInput.safeParse({ webhookId: "x" }).success).toBe(false);
  expect(webhookInput.safeParse({ webhookId: ID, more: 1 }).success).toBe(false);
});

test("notifications are marked by their ids, or all of them; a way is one of four", () => {
  const many = (count: number) => Array.from({ length: count }, () => ID);
  expect(markNotificationsInput.safeParse({ ids: null, read: true }).success).toBe(true);
  expect(markNotificationsInput.safeParse({ ids: many(100), read: false }).success).toBe(true);
  expect(markNotificationsInput.safeParse({ ids: many(101), read: true }).success).toBe(false);
  expect(markNotificationsInput.safeParse({ ids: [], read: true }).success).toBe(false);
  expect(markNotificationsInput.safeParse({ ids: null, read: true, of: ID }).success).toBe(false);
  for (const way of ["app", "mail", "digest", "off"])
    expect(chooseWayInput.safeParse({ kind: "check", way }).success).toBe(true);
  expect(chooseWayInput.safeParse({ kind: "check", way: "sms" }).success).toBe(false);
  expect(chooseWayInput.safeParse({ kind: "all", way: "app" }).success).toBe(false);
  expect(chooseWayInput.safeParse({ kind: "check", way: "app", personId: ID }).success).toBe(false);
});
