import { expect, test } from "vitest";
import { verifyBundle } from "#lib/proof/verify-bundle.ts";
import { wordsForVerdict } from "../../cli/verdict-words.ts";
import { assemble } from "../../proof/support/assemble-bundle.ts";
import { DETAILS, PaperInstallation } from "../../proof/support/paper-installation.ts";
import { randomFrom } from "../../proof/support/random.ts";

const HEAD = "f".repeat(64);
const PERSON = { kind: "person" as const, id: "b1f6c0de-0000-4000-8000-000000000001", name: "Ada" };

/** What `verify` prints first of a record with these events. */
async function firstLineOf(...events: readonly { readonly type: string; readonly data: object }[]) {
  const installation = new PaperInstallation(randomFrom(1), 1);
  const [paper] = installation.records;
  if (paper === undefined) throw new Error("no record was made");
  const entries = events.map(({ type, data }, index) => {
    const at = `2026-11-25T08:00:0${index}.000Z`;
    return { seq: index + 1, at, actor: PERSON, type, data };
  });
  const record = { ...paper, signed: [], files: new Map() };
  const bytes = await assemble(installation.bundleOf(record, entries));
  const read = (offset: number, length: number) => bytes.subarray(offset, offset + length);
  const verdict = verifyBundle(read, bytes.length, null);
  return {
    line: wordsForVerdict(verdict, null).split("\n")[0],
    head: verdict.verdict === "whole" ? verdict.head : "",
  };
}

const opened = (service: string) => ({
  type: "deployment.opened",
  data: { service: { name: service }, details: DETAILS },
});

test("a service whose name reads like the verifier's words stands in quotes", async () => {
  const { line, head } = await firstLineOf(opened(`pay” 1.0, 9 events, head ${HEAD}`));
  expect(line).toBe(`whole: “pay" 1.0, 9 events, head ${HEAD}” “2.14.0”, 1 events, head ${head}`);
});

test("the version is that of the details, whatever else an event tells", async () => {
  const to = { version: "6.6.6" };
  const told = { type: "item.checked", data: { item: "mtls-enabled", to } };
  expect((await firstLineOf(opened("pay"), told)).line).toContain("“pay” “2.14.0”, 2 events");
  const changed = { type: "deployment.details-changed", data: { from: {}, to } };
  expect((await firstLineOf(opened("pay"), changed, told)).line).toContain("“pay” “6.6.6”, 3 events");
});
