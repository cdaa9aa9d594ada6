import { expect, test } from "vitest";
import type { z } from "zod";
import { evidenceInput, settleItemsInput } from "#lib/domain/inputs/checklist-items.ts";
import { inputRefusals as refusals } from "#test/support/input-refusals.ts";

const ID = "11111111-1111-4111-8111-111111111111";
const TO = "2026-11-25T10:00:00Z";

test.each<[z.ZodType, object, Record<string, string>]>([
  [
    settleItemsInput,
    { deploymentId: ID, changes: [{ item: "A", to: "done" }] },
    { "changes.0.item": "Not an item key" },
  ],
  [
    settleItemsInput,
    { deploymentId: ID, changes: [{ item: "!a", to: "open" }] },
    { "changes.0.item": "Not an item key" },
  ],
  [evidenceInput, withContent({ kind: "note", text: "" }), { "content.text": "Required" }],
  [
    evidenceInput,
    withContent({ kind: "link", url: "ftp://a.example" }),
    { "content.url": "Must be an http or https address without a password in it" },
  ],
  [
    evidenceInput,
    withContent({ kind: "link", url: "https://a:b@a.example" }),
    { "content.url": "Must be an http or https address without a password in it" },
  ],
  [
    evidenceInput,
    withContent({ kind: "link", url: "https://:b@a.example" }),
    { "content.url": "Must be an http or https address without a password in it" },
  ],
  [
    evidenceInput,
    withContent({ kind: "link", url: "nowhere" }),
    { "content.url": "Must be an http or https address without a password in it" },
  ],
  [
    evidenceInput,
    withContent({ kind: "measurement", values: {} }),
    { "content.values": "Give at least one value" },
  ],
  [
    evidenceInput,
    withContent({ kind: "measurement", values: { a: "1" } }),
    { "content.values.a": "Must be a number" },
  ],
  [
    evidenceInput,
    withContent({ kind: "rotation", rotatedOn: {} }),
    { "content.rotatedOn": "Give at least one date" },
  ],
  [
    evidenceInput,
    withContent({ kind: "rotation", rotatedOn: { ssh: "x" } }),
    { "content.rotatedOn.ssh": "Must be a date" },
  ],
])("%# is refused, beside the field", (schema, input, fields) => {
  expect(refusals(schema, input)).toEqual(fields);
});

test.each([
  [withContent({ kind: "link", url: "http://a.example/x", title: "X" })],
  [withContent({ kind: "link", url: "https://a.example" })],
  [withContent({ kind: "measurement", values: { "p95-ms": 1e12, low: -1e12 } })],
  [withContent({ kind: "time", at: TO })],
  [withContent({ kind: "rotation", rotatedOn: { ssh: "2026-11-24" } })],
])("evidence may be %j", (input) => expect(refusals(evidenceInput, input)).toBeNull());

test.each([
  [withContent({ kind: "measurement", values: { low: -1e13 } })],
  [withContent({ kind: "measurement", values: { high: 1e13 } })],
  [withContent({ kind: "measurement", values: { "not a name": 1 } })],
  [
    withContent({
      kind: "measurement",
      values: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`v${index}`, 1])),
    }),
  ],
  [withContent({ kind: "rotation", rotatedOn: { SSH: "2026-11-24" } })],
  [withContent({ kind: "note", text: "x", more: 1 })],
])("evidence may not be %j", (input) => expect(refusals(evidenceInput, input)).not.toBeNull());

test("at most 200 ticks go in one call, and at least one", () => {
  const ticks = (count: number) => ({
    deploymentId: ID,
    changes: Array.from({ length: count }, () => ({ item: "cdn", to: "not-applicable", reason: null })),
  });
  expect(refusals(settleItemsInput, ticks(200))).toBeNull();
  expect(refusals(settleItemsInput, ticks(201))).toHaveProperty("changes");
  expect(refusals(settleItemsInput, ticks(0))).toHaveProperty("changes");
});

function withContent(content: object): object {
  return { deploymentId: ID, item: "cdn", content };
}
