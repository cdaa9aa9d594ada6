import { DatabaseError } from "pg";
import { expect, test, vi } from "vitest";
import { logFault } from "#lib/log-fault.ts";

test("a fault is logged without the row that the database refused", () => {
  const refused = new DatabaseError('new row violates check constraint "in_order"', 100, "error");
  refused.detail = "Failing row contains (what somebody typed)";
  refused.code = "23514";
  logFault("fault 1", refused);
  const [words, error] = vi.mocked(console.error).mock.lastCall ?? [];
  vi.mocked(console.error).mockClear();
  expect(words).toBe("fault 1");
  expect(error).toMatchObject({ code: "23514", message: refused.message });
  expect(JSON.stringify(error)).not.toContain("somebody typed");
});
