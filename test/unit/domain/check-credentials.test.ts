import { expect, test } from "vitest";
import { checkCredentials, credentialsOf } from "#lib/domain/inputs/check-credentials.ts";

const ORIGIN = "https://prometheus.example.com";
const refusalOf = (value: unknown) => checkCredentials.safeParse(value).error?.issues[0]?.message;

test("a credential is for the teams that it names, and for no other", () => {
  const all = checkCredentials.parse({
    [ORIGIN]: { authorization: "Bearer one", teams: ["Payments", "Search"] },
    "http://10.1.2.3:9090": { authorization: "Bearer two", teams: "*" },
  });
  const everyones = { "http://10.1.2.3:9090": "Bearer two" };
  expect(credentialsOf(all, "Search")).toEqual({ ...everyones, [ORIGIN]: "Bearer one" });
  expect(credentialsOf(all, "payments")).toEqual(everyones);
  expect(credentialsOf(all, "*")).toEqual(everyones);
});

test("one that is bound to no team is refused, and says how it is written", () => {
  expect(refusalOf({ [ORIGIN]: "Bearer one" })).toContain("a credential is bound to teams");
  expect(refusalOf({ [ORIGIN]: { authorization: "Bearer one" } })).toBeDefined();
  expect(refusalOf({ [ORIGIN]: { authorization: "Bearer one", teams: [] } })).toBeDefined();
  expect(refusalOf({ [ORIGIN]: { authorization: "", teams: "*" } })).toBeDefined();
});

test.each([`${ORIGIN}/`, `${ORIGIN}/metrics`, "https://me@example.com", "ftp://example.com", "example.com"])(
  "%s is no origin, and would never be matched",
  (text) => {
    expect(checkCredentials.safeParse({ [text]: { authorization: "a", teams: "*" } }).success).toBe(false);
  },
);
