import { expect, test } from "vitest";
import { addComment, deleteComment, editComment } from "#lib/domain/comments.ts";
import { addCommentInput } from "#lib/domain/inputs/comments.ts";
import { cancelDeployment } from "#lib/domain/rollback.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";

const said = (text: string, ...mentions: readonly string[]) => ({ text, mentions });

test("a comment is said, said differently and taken back, each visibly", () => {
  const record = new TestRecord();
  record.do(CAST.sre, addComment("c", "cdn", said("Why?", CAST.lead.id)));
  record.do(CAST.sre, addComment("c", "cdn", said("Why?")));
  record.wait(1);
  record.do(CAST.sre, editComment("c", said("Why now?"), CAST.sre.id));
  record.do(CAST.sre, editComment("c", said("Why now?"), CAST.sre.id));
  expect(record.deployment.comments).toMatchObject([
    {
      id: "c",
      itemKey: "cdn",
      text: "Why now?",
      mentions: [],
      edited: { at: record.now },
      deleted: null,
      seq: 2,
    },
  ]);
  record.do(CAST.lead, deleteComment("c", CAST.lead.id, true));
  record.do(CAST.lead, deleteComment("c", CAST.lead.id, true));
  expect(record.deployment.comments).toMatchObject([{ text: null, deleted: { by: { name: "Lena" } } }]);
  expect(record.events.map(({ type }) => type)).toEqual([
    "deployment.opened",
    "comment.added",
    "comment.edited",
    "comment.deleted",
  ]);
});

test("an edit of the names alone is one, in whatever order they stand", () => {
  const record = new TestRecord();
  const edit = (...names: readonly string[]) =>
    record.do(CAST.sre, editComment("c", said("Why?", ...names), CAST.sre.id));
  record.do(CAST.sre, addComment("c", null, said("Why?", "a")));
  edit("a", "b");
  edit("b", "a");
  edit("b", "c");
  edit("b");
  expect(record.events.filter(({ type }) => type === "comment.edited")).toHaveLength(3);
  expect(record.deployment.comments[0]).toMatchObject({ mentions: ["b"], named: { a: 2, b: 3, c: 4 } });
});

test("only its author edits a comment, only they or a team lead delete it, and nobody edits a deleted one", () => {
  const record = new TestRecord();
  record.do(CAST.sre, addComment("c", null, said("Why?")));
  const { id } = CAST.lead;
  expect(record.refusal(CAST.lead, editComment("c", said("No."), id))).toEqual({
    code: "forbidden",
    message: "Only its author edits a comment",
  });
  expect(record.refusal(CAST.product, deleteComment("c", CAST.product.id, false))).toEqual({
    code: "forbidden",
    message: "Only its author or a team lead deletes a comment",
  });
  const notFound = (message: string) => ({ code: "not-found", message });
  expect(record.refusal(CAST.sre, editComment("d", said("No."), CAST.sre.id))).toEqual(
    notFound("There is no such comment"),
  );
  expect(record.refusal(CAST.sre, addComment("d", "nonsense", said("No.")))).toEqual(
    notFound("There is no such item on this deployment"),
  );
  record.do(CAST.sre, deleteComment("c", CAST.sre.id, false));
  expect(record.refusal(CAST.sre, editComment("c", said("Yes."), CAST.sre.id))).toEqual(
    notFound("This comment has been deleted"),
  );
});

test("what was said is no part of what is signed, goes on after the end, and is edited no longer then", () => {
  const record = new TestRecord();
  const digest = record.digest();
  record.do(CAST.product, addComment("b", null, said("Why?")));
  record.do(CAST.lead, cancelDeployment("Not needed."));
  record.do(CAST.product, addComment("c", null, said("A pity.")));
  expect(record.digest()).toBe(digest);
  expect(record.try(CAST.product, editComment("b", said("Why?"), CAST.product.id))).toBeNull();
  expect(record.try(CAST.product, editComment("b", said("Other words."), CAST.product.id))).toBe(
    "deployment-ended",
  );
  expect(record.try(CAST.product, deleteComment("b", CAST.product.id, false))).toBeNull();
});

test("a comment has 1 to 10,000 characters and names at most 50 people, each once", () => {
  const id = "7ea00000-0000-4000-8000-000000000001";
  const parse = (more: object) => addCommentInput.safeParse({ deploymentId: id, text: "x", ...more });
  expect(parse({ text: "x".repeat(10_000), mentions: [id, id] }).data).toMatchObject({
    item: null,
    mentions: [id],
  });
  const refused = [
    { text: "x".repeat(10_001) },
    { text: " " },
    { mentions: Array.from({ length: 51 }, () => id) },
  ];
  expect(refused.map((more) => parse(more).error?.issues[0]?.message)).toEqual([
    "At most 10000 characters",
    "Say something",
    "At most 50 people",
  ]);
});
