import type { z } from "zod";
import { Unreadable } from "../unreadable.ts";

const DEPTH_AT_MOST = 200;

/** A JSON report as its schema reads it. Throws `Unreadable`, naming the format and the first thing missing. */
export function readJson<T>(text: string, schema: z.ZodType<T>, what: string): T {
  const result = schema.safeParse(parse(text, what));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where =
    issue === undefined || issue.path.length === 0
      ? "at the top"
      : `at ${issue.path.join(".").slice(0, 100)}`;
  throw new Unreadable(`Not ${what}: ${issue?.message ?? "it has another shape"} ${where}`);
}

function parse(text: string, what: string): unknown {
  if (text.trim() === "") throw new Unreadable(`Not ${what}: it is empty`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unreadable(`Not ${what}: it is not JSON`);
  }
  if (isDeeperThan(value, DEPTH_AT_MOST)) throw new Unreadable(`Not ${what}: it is nested too deeply`);
  return value;
}

// Level by level, since what is too deep for us is too deep for a function that calls itself.
function isDeeperThan(value: unknown, limit: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((entry) =>
      typeof entry === "object" && entry !== null ? Object.values(entry) : [],
    );
  }
  return false;
}
