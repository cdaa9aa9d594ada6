import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EVENT_FORMS } from "#lib/exports/event-lines.ts";
import { fillChecklist } from "#lib/exports/markdown.ts";
import { byteStream } from "#lib/exports/streams.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";
import { asExported, HOSTILE, hostileRecord } from "./hostile.ts";

const seed = readFileSync("docs/seed/production-deployment-checklist.md", "utf8");
const unfilled = (text: string) =>
  text
    .split("\n")
    .map((line) => line.replace(/- \[[ x]\] (.*?)( — .*)?$/, "- [ ] $1"))
    .map((line) =>
      line.replace(
        /^(\*\*(?:Deployment Date|Deployed By|Version|Git Commit)\*\*): \S.*?( *)$/,
        "$1: _______________$2",
      ),
    )
    .join("\n");

test("a filled checklist without its filling is the seed, line by line", () => {
  const record = new TestRecord({ targets: ["kubernetes"] }).toSignOff();
  record.signAll();
  for (const taken of [asExported(record), hostileRecord()]) {
    const filled = fillChecklist(seed, taken);
    expect(unfilled(filled)).toBe(unfilled(seed));
    expect(filled.split("\n")).toHaveLength(seed.split("\n").length);
  }
});

test("ticks, signatures and the form are filled in; what is open stays open", () => {
  const record = new TestRecord().toSignOff();
  record.sign(CAST.engineeringLead, "engineering-lead");
  const filled = fillChecklist(seed, asExported(record));
  expect(filled).toMatch(/- \[x\] mTLS enabled between services — .+, 1 Mar 2026, 09:00 UTC/);
  expect(filled).toMatch(/- \[x\] Engineering Lead approval — approved by .+SHA-256 [0-9a-f]{64}/);
  expect(filled).toContain("- [ ] DevOps/SRE approval\n");
  expect(filled).toContain("- [ ] Namespaces created — not part of this deployment");
  expect(filled).toContain("**Version**: 1.0.0  ");
});

test("hostile text opens no box, no link, no tag and no line of its own", () => {
  const filled = fillChecklist(seed, hostileRecord());
  expect(filled.match(/^\s*- \[x\]/gm)).toHaveLength(1);
  expect(filled).not.toMatch(/(?<!\\)<script/);
  expect(filled).not.toMatch(/(?<!\\)\[click/);
  expect(filled).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u0000]/);
});

test("no cell of a spreadsheet begins with what it would run, and each event is one row", () => {
  const { events } = hostileRecord();
  const text = EVENT_FORMS.csv.head() + EVENT_FORMS.csv.lines(events);
  const rows = cells(text.slice(1));
  expect(rows).toHaveLength(events.length + 1);
  for (const row of rows) {
    expect(row).toHaveLength(13);
    for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  }
  expect(rows.flat().some((cell) => cell.includes(HOSTILE[0] ?? "?"))).toBe(true);
});

test("no cell begins with what it would run where a spreadsheet separates by semicolons or tabs", () => {
  const { events } = hostileRecord();
  const found = EVENT_FORMS.csv.lines(events).split(/[;\t\r\n]/);
  expect(found.some((cell) => cell.includes("/C calc"))).toBe(true);
  for (const cell of found) expect(cell).not.toMatch(/^["\s]*[=+\-@＝＋－＠]/);
});

test("a line of JSON an event, whose text is the one that its hash covers", () => {
  const { events } = hostileRecord();
  const lines = EVENT_FORMS.jsonl.lines(events).trimEnd().split("\n");
  expect(lines).toHaveLength(events.length);
  lines.forEach((line, index) => {
    expect(line).toBe(`{"hash":"${events[index]?.hash}","event":${events[index]?.body}}`);
    expect(JSON.parse(line)).toBeTypeOf("object");
  });
});

test("a stream asks for no more than its reader takes, and stops when the reader goes", async () => {
  let [made, ended] = [0, false];
  async function* endless() {
    try {
      for (;;) yield `part ${(made += 1)}\n`;
    } finally {
      ended = true;
    }
  }
  const reader = byteStream(endless()).getReader();
  for (let read = 0; read < 5; read += 1) await reader.read();
  expect(made).toBeLessThanOrEqual(7);
  await reader.cancel();
  expect(ended).toBe(true);
});

/** RFC 4180, read by a few lines of our own. */
function cells(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [whole, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (whole === "") break;
    rows.at(-1)?.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}
