import type { z } from "zod";
import { readJson } from "../reports/json-report.ts";
import { Unreadable } from "../unreadable.ts";

const VALUES_AT_MOST = 50_000;

/**
 * JSON that an address answered, as its schema reads it. It is read where others wait, so an answer of a
 * great many values, each of which may be a fault of its own, is `Unreadable` before anything is made of it.
 */
export function readAnswer<T>(text: string, schema: z.ZodType<T>, what: string): T {
  if (text.split(",", VALUES_AT_MOST + 1).length > VALUES_AT_MOST)
    throw new Unreadable(`Not ${what}: it holds more than ${VALUES_AT_MOST} values`);
  return readJson(text, schema, what);
}
