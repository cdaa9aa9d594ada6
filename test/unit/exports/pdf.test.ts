import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { addEvidence } from "#lib/domain/checklist-items.ts";
import { addComment } from "#lib/domain/comments.ts";
import { LONG_TEXTS } from "#lib/exports/pdf/cut-texts.ts";
import { printable } from "#lib/exports/pdf/printable.ts";
import { recordPdf } from "#lib/exports/pdf/record-pdf.tsx";
import type { RecordToExport } from "#lib/queries/export-record.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";
import { asExported, hostileRecord } from "./hostile.ts";

test("a signed record is a PDF of several pages", { timeout: 60_000 }, async () => {
  const record = new TestRecord({ targets: ["kubernetes"] }).toSignOff();
  record.signAll();
  const bytes = await render(asExported(record));
  expect(pagesOf(bytes)).toBeGreaterThan(4);
});

test("hostile text breaks no page", { timeout: 60_000 }, async () => {
  expect(pagesOf(await render(hostileRecord()))).toBeGreaterThan(4);
});

test.each([
  ["in words", (length: number) => "abcdefghi ".repeat(length / 10)],
  ["without a space", (length: number) => "W".repeat(length)],
  ["in another script", (length: number) => "字".repeat(length / 8)],
])("a text longer than a page goes on over the next: %s", { timeout: 60_000 }, async (_what, textOf) => {
  const pages = async (length: number) => {
    const record = new TestRecord();
    record.do(CAST.engineer, addComment("c", null, { text: textOf(length), mentions: [] }));
    return pagesOf(await render(asExported(record)));
  };
  expect((await pages(32_000)) - (await pages(8))).toBeGreaterThanOrEqual(4);
});

test("of more long texts than a document holds each is told in its beginning, and says what is missing", () => {
  const record = new TestRecord();
  for (let index = 0; index < 100; index += 1)
    record.do(CAST.engineer, addComment(`c${index}`, null, { text: "😀".repeat(5_000), mentions: [] }));
  const { events, deployment } = printable(asExported(record));
  const remarks = events.flatMap(({ remark }) => remark ?? []);
  expect(remarks).toHaveLength(100);
  expect(remarks.join("").length).toBeLessThan(LONG_TEXTS);
  expect(remarks[0]).toMatch(/^(\{U\+1F600\})+… \(\d+ more in the JSON Lines\)$/);
  expect(deployment.service.name).toBe("payments-api");
});

test("what the font has no letter for is named, and nothing is left out", () => {
  const record = new TestRecord();
  const text = "Chŏng Ĕĕ Ĭĭ Ŀŀ Ŏ ĸ ŉ, Łódź, Čapek";
  record.do(CAST.engineer, addComment("c", null, { text, mentions: [] }));
  expect(printable(asExported(record)).events.at(-1)?.remark).toBe(
    "Ch{U+14F}ng {U+114}{U+115} {U+12C}{U+12D} {U+13F}{U+140} {U+14E} {U+138} {U+149}, Łódź, Čapek",
  );
});

test(
  "an item tells its newest pieces of evidence, and how many came before",
  { timeout: 60_000 },
  async () => {
    const pages = async (pieces: number) => {
      const record = new TestRecord();
      for (let index = 0; index < pieces; index += 1)
        record.do(CAST.engineer, addEvidence("cdn", `e${index}`, { kind: "note", text: "Up." }));
      const { events, ...rest } = asExported(record);
      return pagesOf(await render({ ...rest, events: events.slice(0, 1) }));
    };
    expect(await pages(190)).toBe(await pages(51));
  },
);

async function render(record: RecordToExport): Promise<Buffer> {
  const bytes = Buffer.from(await recordPdf(record));
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  if (process.env.KEEP_PDF) writeFileSync(`/tmp/audit-${record.events.length}.pdf`, bytes);
  return bytes;
}

function pagesOf(bytes: Buffer): number {
  return Number(/\/Type \/Pages\s*\/Count (\d+)/.exec(bytes.toString("latin1"))?.[1]);
}
