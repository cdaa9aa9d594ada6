import { expect, test } from "vitest";
import { SCOPES_FOR } from "#lib/domain/token-scopes.ts";

test("signatures, answers, overrulings and reopening have no scope at all", () => {
  const persons = [
    "approval.sign",
    "rejection.answer",
    "verdict.overrule",
    "phase.reopen",
    "people.manage",
  ] as const;
  for (const action of persons) expect(SCOPES_FOR[action]).toEqual([]);
});
