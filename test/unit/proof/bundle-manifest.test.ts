import { expect, test } from "vitest";
import { parseManifest } from "#lib/proof/bundle-manifest.ts";
import { isUnwieldy } from "#lib/proof/unwieldy-json.ts";

test.each([
  ["as many as fit a manifest", 20_000_000],
  ["fewer than fill the memory, each with flaws of its own", 1_000_000],
])("a manifest of empty values is unreadable, and read within the memory there is: %s", (_which, count) => {
  const values = `[${"{},".repeat(count)}{}]`;
  for (const events of [values, `[{"body":"","hash":"","leaf":0,"proof":${values},"seq":1}]`])
    expect(() => parseManifest(Buffer.from(`{"events":${events}}`))).toThrow(/^manifest\.json is /);
});

test("commas in strings are no values", () => {
  const commas = ",".repeat(1_200_000);
  expect(isUnwieldy(JSON.stringify([commas, '",', commas]))).toBe(false);
  expect(isUnwieldy(`[0${commas.replaceAll(",", ",0")}]`)).toBe(false);
  expect(isUnwieldy(`[0${commas.replaceAll(",", ",0")},0]`)).toBe(true);
});
