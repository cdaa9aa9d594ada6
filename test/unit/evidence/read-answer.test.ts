import { expect, test } from "vitest";
import { z } from "zod";
import { readAnswer } from "#lib/evidence/live/read-answer.ts";

const numbers = (count: number) => JSON.stringify(Array.from({ length: count }, (_none, index) => index));

test("an answer of many values is read, one of more than anybody sends is not begun", () => {
  expect(readAnswer(numbers(50_000), z.array(z.number()), "numbers")).toHaveLength(50_000);
  expect(() => readAnswer(numbers(50_001), z.array(z.string()), "words")).toThrow(
    "Not words: it holds more than 50000 values",
  );
});
