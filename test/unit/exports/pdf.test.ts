import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { recordPdf } from "#lib/exports/pdf/record-pdf.tsx";
import type { RecordToExport } from "#lib/queries/export-record.ts";
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

async function render(record: RecordToExport): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await recordPdf(record)) parts.push(Buffer.from(part));
  const bytes = Buffer.concat(parts);
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  if (process.env.KEEP_PDF) writeFileSync(`/tmp/audit-${record.events.length}.pdf`, bytes);
  return bytes;
}

function pagesOf(bytes: Buffer): number {
  return Number(/\/Type \/Pages\s*\/Count (\d+)/.exec(bytes.toString("latin1"))?.[1]);
}
