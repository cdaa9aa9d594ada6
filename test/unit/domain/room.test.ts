import { expect, test } from "vitest";
import { SYSTEM_ID, type Actor } from "#lib/domain/actor.ts";
import { checksOfOpenPhase } from "#lib/domain/check-uses.ts";
import { isNews, SEEN_OF_ITEM } from "#lib/domain/check-news.ts";
import { addEvidence } from "#lib/domain/checklist-items.ts";
import { addComment, deleteComment, editComment } from "#lib/domain/comments.ts";
import {
  COMMENTS_OF_RECORD,
  EDITS_OF_COMMENT,
  EDITS_OF_RECORD,
  EVIDENCE_OF_ITEM,
  EVIDENCE_OF_RECORD,
  FILES_OF_RECORD,
} from "#lib/domain/room.ts";
import { FILE_BYTES } from "#lib/domain/inputs/evidence.ts";
import { CAST } from "#test/support/people.ts";
import { checked, TestRecord } from "#test/support/records.ts";

const { lead, engineer } = CAST;
const SYSTEM: Actor = { kind: "system", id: SYSTEM_ID, name: "System", grants: [] };
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const said = (id: string) => addComment(id, null, { text: id, mentions: [] });
const note = (item: string, id: string) => addEvidence(item, id, { kind: "note", text: id });

test("a record takes 1,000 comments, deleted ones included, and each may still be edited or deleted", () => {
  const record = new TestRecord();
  record.do(lead, ...times(COMMENTS_OF_RECORD, (index) => said(`c${index}`)));
  expect(record.refusal(lead, said("one more"))).toEqual({
    code: "record-full",
    message: "This record has 1,000 comments, as many as it takes",
  });
  record.do(lead, said("c7"));
  record.do(lead, editComment("c7", { text: "Other words.", mentions: [] }, lead.id));
  record.do(lead, deleteComment("c8", lead.id, false));
  expect(record.try(lead, said("one more"))).toBe("record-full");
});

test("a comment takes 50 edits, a record 1,000; each may still be deleted", () => {
  const record = new TestRecord();
  const edit = (id: string, text: string) => editComment(id, { text, mentions: [] }, lead.id);
  const edits = (id: string) => times(EDITS_OF_COMMENT, (index) => edit(id, `Wording ${index}.`));
  record.do(lead, said("c0"), ...edits("c0"));
  expect(record.refusal(lead, edit("c0", "One more."))).toEqual({
    code: "record-full",
    message: "This comment has been edited 50 times, as often as it takes",
  });
  record.do(lead, edit("c0", `Wording ${EDITS_OF_COMMENT - 1}.`));
  record.do(lead, deleteComment("c0", lead.id, false));
  for (let index = 1; index < EDITS_OF_RECORD / EDITS_OF_COMMENT; index += 1)
    record.do(lead, said(`c${index}`), ...edits(`c${index}`));
  record.do(lead, said("last"));
  expect(record.refusal(lead, edit("last", "One more."))).toEqual({
    code: "record-full",
    message: "Comments of this record have been edited 1,000 times, as often as it takes",
  });
});

test("an item takes 200 pieces of evidence, a record 2,000; what the system sees counts to neither", () => {
  const record = new TestRecord();
  const { key: item, title } = record.deployment.checklist.phases[0]?.sections[0]?.items[0] ?? {
    key: "",
    title: "",
  };
  const keys = record.deployment.checklist.phases[0]?.sections.flatMap(({ items }) => items) ?? [];
  record.do(engineer, ...times(EVIDENCE_OF_ITEM, (index) => note(item, `e${index}`)));
  expect(record.refusal(engineer, note(item, "one more"))).toEqual({
    code: "record-full",
    message: `“${title}” has 200 pieces of evidence, as many as an item takes`,
  });
  record.do(engineer, note(item, "e7"));
  record.do(SYSTEM, note(item, "seen"));
  const others = times(EVIDENCE_OF_RECORD - EVIDENCE_OF_ITEM, (index) => {
    const other = keys[1 + (index % (keys.length - 1))]?.key ?? "";
    return note(other, `o${index}`);
  });
  record.do(engineer, ...others);
  expect(record.refusal(engineer, note(keys[1]?.key ?? "", "one more"))).toEqual({
    code: "record-full",
    message: "This record has 2,000 pieces of evidence, as many as it takes",
  });
});

test("a record takes 2 GB of files, and one file on several items once", () => {
  const record = new TestRecord();
  const items = record.deployment.checklist.phases[0]?.sections.flatMap(({ items: each }) => each) ?? [];
  const itemOf = (index: number) => items[index % items.length]?.key ?? "";
  const file = (id: string, bytes: number) => ({
    kind: "file" as const,
    fileId: id,
    name: "large.log",
    mediaType: "text/plain",
    bytes,
    sha256: "a".repeat(64),
  });
  const add = (index: number, id: string, bytes = FILE_BYTES) =>
    addEvidence(itemOf(index), `e${index}`, file(id, bytes));
  const fits = Math.floor(FILES_OF_RECORD / FILE_BYTES);
  record.do(engineer, ...times(fits, (index) => add(index, `f${index}`)));
  expect(record.refusal(engineer, add(fits, "one more"))).toEqual({
    code: "record-full",
    message: "This record has 2 GB of files, as many as it takes",
  });
  record.do(engineer, add(fits, "f7"), add(fits + 1, "small", 1_000), note(itemOf(0), "a note"));
});

test("a check that changes its mind for days gets worse at once, and better once an hour", () => {
  const record = new TestRecord();
  record.do(engineer, note("mtls-enabled", "begins the phase"));
  const used = checksOfOpenPhase(record.deployment).find(({ use }) => use.checker === "http-health");
  if (used === undefined) throw new Error("no check of the first phase");
  const saw = (verdict: "pass" | "fail" | "unknown") => ({ ...checked("http-health"), verdict });
  const sees = (verdict: "pass" | "fail" | "unknown") => {
    const { deployment, now } = record;
    if (!isNews(deployment, used, saw(verdict), now)) return false;
    record.do(SYSTEM, addEvidence(used.item.key, `e${deployment.revision}`, saw(verdict)));
    return true;
  };
  expect(sees("pass")).toBe(true);
  expect(sees("pass")).toBe(false);
  for (let index = 0; index < SEEN_OF_ITEM; index += 1)
    expect(sees(index % 2 === 0 ? "fail" : "pass")).toBe(true);
  expect(sees("fail")).toBe(true);
  record.wait(59);
  expect([sees("pass"), sees("unknown"), sees("fail")]).toEqual([false, false, false]);
  record.wait(1);
  expect(sees("pass")).toBe(true);
  expect(sees("unknown")).toBe(true);
});

test("a pass about to end is recorded anew, of an item with much on it once an hour", () => {
  const record = new TestRecord();
  record.do(engineer, note("mtls-enabled", "begins the phase"));
  const used = checksOfOpenPhase(record.deployment).find(({ use }) => use.checker === "http-health");
  if (used === undefined) throw new Error("no check of the first phase");
  const until = (now: string) => checked("http-health", { validUntil: now });
  const add = () =>
    record.do(SYSTEM, addEvidence(used.item.key, `e${record.deployment.revision}`, until(record.now)));
  add();
  const news = () => isNews(record.deployment, used, until(record.now), record.now);
  expect(news()).toBe(true);
  for (let index = 0; index < SEEN_OF_ITEM; index += 1) add();
  expect(news()).toBe(false);
  record.wait(60);
  expect(news()).toBe(true);
});
