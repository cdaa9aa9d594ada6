import { expect, test } from "vitest";
import { recordId } from "#lib/domain/inputs/text.ts";

test("an id has one spelling", () => {
  expect(recordId.parse("4CEBECA1-3F0B-4D0E-9B1A-0A1B2C3D4E5F")).toBe("4cebeca1-3f0b-4d0e-9b1a-0a1b2c3d4e5f");
});
