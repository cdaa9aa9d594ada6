import { expect, test } from "vitest";
import { entryBytes, UnreadableBundle } from "#lib/proof/zip-entries.ts";

test("what is packed larger than it can be is not read", () => {
  const entry = {
    name: "manifest.json",
    isDeflated: true,
    offset: 43,
    compressedBytes: 3 * 1024 ** 3,
    bytes: 1_000,
  };
  const read = () => expect.fail("it was read");
  expect(() => entryBytes(read, entry, 64 * 1024 ** 2)).toThrow(UnreadableBundle);
});
