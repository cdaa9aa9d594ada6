import { expect, test } from "vitest";
import { findToken } from "#lib/auth/find-token.ts";
import { addComment, editComment } from "#lib/services/comments.ts";
import { createToken } from "#lib/services/tokens.ts";
import { inSession, load, makeTeam, openRecord } from "#test/support/factories.ts";
import { flawOf } from "#test/support/verdicts.ts";

test("what its author edits by a token of theirs, or by the session after it, verifies", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  const engineer = await inSession(team.engineer);
  const secret = await createToken(engineer, { name: "CI", scopes: ["write"], days: 9 });
  const token = await findToken(secret, "192.0.2.1");
  if (token === null) throw new Error("the test's token does not stand");
  for (const [first, then] of [
    [engineer, token],
    [token, engineer],
  ] as const) {
    const said = { deploymentId: id, text: "one", mentions: [] };
    const commentId = await addComment(first, { ...said, item: null });
    await editComment(then, { ...said, commentId, text: "two" });
  }
  expect((await load(id)).comments.map(({ text, edits }) => [text, edits])).toEqual([
    ["two", 1],
    ["two", 1],
  ]);
  expect(await flawOf(id)).toBeNull();
});
