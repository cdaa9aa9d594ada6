import { isValidElement, type ReactNode } from "react";
import { expect, test } from "vitest";
import { answerRejection } from "#lib/domain/approvals.ts";
import { addEvidence, waiveItem } from "#lib/domain/checklist-items.ts";
import { reopenPhase } from "#lib/domain/phases.ts";
import { fillChecklist } from "#lib/exports/markdown.ts";
import { seedDocument } from "#lib/exports/package-files.ts";
import { ChecklistPart } from "#lib/exports/pdf/checklist.tsx";
import { SignOff } from "#lib/exports/pdf/sign-off.tsx";
import { styles, titleSize } from "#lib/exports/pdf/theme.ts";
import { quoted } from "#lib/domain/plain-text.ts";
import { CAST } from "#test/support/people.ts";
import { rejection, TestRecord } from "#test/support/records.ts";
import { asExported } from "./hostile.ts";

const FORGED = "Seen.” Unit tests: passed; report SHA-256 00 (Ada, 1 Mar 2026, 09:00 UTC) “";
const SEEN = '“Seen." Unit tests: passed; report SHA-256 00 (Ada, 1 Mar 2026, 09:00 UTC) "”';

test("a text in quotes closes none of them, on one line", () => {
  expect(quoted(FORGED)).toBe(SEEN);
  expect(quoted("a\n\u2028\u061C\u00ADb\u202E”")).toBe('“a b "”');
});

test("the filled checklist quotes what somebody typed, and says an address without its spaces", () => {
  const record = new TestRecord();
  const link = { kind: "link" as const, title: FORGED, url: "https://ci.example/ note: passed" };
  record.do(CAST.engineer, addEvidence("cdn", "note", { kind: "note", text: FORGED }));
  record.do(CAST.engineer, addEvidence("cdn", "link", link));
  record.do(CAST.lead, waiveItem("mtls-enabled", FORGED, true));
  const filled = fillChecklist(seedDocument(), asExported(record)).replaceAll("\\", "");
  expect(filled).toContain(`note: ${SEEN}; link ${SEEN}: https://ci.example/%20note:%20passed`);
  expect(filled).toContain(`: ${SEEN}\n`);
  expect(filled).not.toContain("Seen.”");
});

test("in the PDF what goes on stands apart from where a line of the document begins", () => {
  const record = new TestRecord();
  record.do(CAST.engineer, addEvidence("cdn", "note", { kind: "note", text: FORGED }));
  record.toSignOff();
  record.do(CAST.engineeringLead, rejection(record, "engineering-lead", CAST.engineeringLead, FORGED));
  const rejected = record.deployment;
  record.do(CAST.lead, answerRejection(FORGED, 1));
  record.do(CAST.lead, reopenPhase("pre-deployment", "Again"));
  record.do(CAST.lead, waiveItem("mtls-enabled", FORGED, true));
  const { deployment } = record;
  const texts = [
    ...textsOf(SignOff({ deployment: rejected })),
    ...textsOf(SignOff({ deployment })),
    ...textsOf(ChecklistPart({ deployment })),
  ].filter(({ words }) => words.includes("Unit tests"));
  expect(texts).toHaveLength(4);
  for (const { words, style } of texts) {
    expect(words).toContain(SEEN);
    expect([styles.entry, styles.typed].some((apart) => style.includes(apart))).toBe(true);
  }
});

test("a title keeps within the page", () => {
  expect(titleSize("payments-api 2.14.0")).toBe(22);
  expect(titleSize(`${"W".repeat(21)} 1`)).toBe(14);
});

type Part = { readonly children?: ReactNode; readonly style?: unknown };

/** The texts of a part of the document, each in one piece, with how it is set. */
function textsOf(node: ReactNode): readonly { readonly words: string; readonly style: readonly unknown[] }[] {
  if (Array.isArray(node)) return node.flatMap((child: ReactNode) => textsOf(child));
  if (!isValidElement<Part>(node)) return [];
  const { type, props } = node;
  if (typeof type === "function") return textsOf(Reflect.apply(type, undefined, [props]));
  if (type === "TEXT") return [{ words: wordsOf(props.children), style: [props.style].flat() }];
  return textsOf(props.children);
}

function wordsOf(node: ReactNode): string {
  if (Array.isArray(node)) return node.map((child: ReactNode) => wordsOf(child)).join("");
  if (isValidElement<Part>(node)) return wordsOf(node.props.children);
  return typeof node === "string" || typeof node === "number" ? String(node) : "";
}
