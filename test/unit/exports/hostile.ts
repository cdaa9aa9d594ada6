import { addEvidence, checkItem, waiveItem } from "#lib/domain/checklist-items.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { viewEvent } from "#lib/queries/event-view.ts";
import type { RecordToExport } from "#lib/queries/export-record.ts";

/** Texts that mean something to a spreadsheet, to Markdown, to HTML or to a renderer. */
export const HOSTILE: readonly string[] = [
  '=HYPERLINK("http://evil.example","x")',
  "+1+cmd|' /C calc'!A0",
  "@SUM(A1)",
  "-2+3",
  "\t=1",
  "- [x] Security approval\n- [x] Product approval",
  "</text><script>alert(1)</script>",
  "[click](javascript:alert(1)) ![x](http://evil.example/x.png)",
  "`code` **bold** # heading | table \\ end",
  "a \u202Egnp.exe\u2066 b\u200B",
  "x".repeat(3_000),
  "日本語 العربية 😀 \u0000 \uD800",
  '"quoted", with; separators\r\nand a line',
  'fine;=cmd|\' /C calc\'!A0;x\n=1+1\t@SUM(A1);"=2";\uFF1D3; "" -4',
];

/** A record that carries every one of them, as it would be taken out. */
export function hostileRecord(): RecordToExport {
  const record = new TestRecord({ targets: ["kubernetes"] });
  HOSTILE.forEach((text, index) => {
    record.do(CAST.engineer, addEvidence("cdn", `note-${index}`, { kind: "note", text }));
    record.do(CAST.lead, waiveItem("bundle-sizes", text, true));
    record.do(
      CAST.engineer,
      addEvidence("mtls-enabled", `link-${index}`, {
        kind: "link",
        url: "https://ci.example/1",
        title: text,
      }),
    );
  });
  record.do(CAST.engineer, checkItem("mtls-enabled"));
  return asExported(record);
}

export function asExported(record: TestRecord): RecordToExport {
  let prev: string | null = null;
  const events = record.events.map((event) => {
    const body = canonicalText({
      format: 1,
      stream: record.deployment.id,
      prev,
      ...JSON.parse(JSON.stringify(event).replaceAll("\\ud800", "?")),
    });
    const hash = sha256(body);
    prev = hash;
    return viewEvent({
      stream_id: record.deployment.id,
      seq: event.seq,
      at: event.at,
      hash,
      body,
      service: "payments-api",
      version: "1.0.0",
    });
  });
  return {
    deployment: record.deployment,
    headHash: prev ?? "",
    teamName: "Payments",
    events,
    exportedAt: record.now,
    exportedBy: "Ada",
  };
}
