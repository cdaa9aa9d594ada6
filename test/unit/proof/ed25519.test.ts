import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ed25519Holds } from "#lib/proof/ed25519.ts";
import { isInstant } from "#lib/proof/instant.ts";
import { parseVerifierKey } from "#lib/proof/note-keys.ts";

const TEXT = Buffer.from("a text");

/** A key from its 32 bytes, whatever they are. */
function keyOf(point: string) {
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(point, "hex")]);
  return createPublicKey({ key: spki, format: "der", type: "spki" });
}

describe("an Ed25519 signature", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const signature = sign(null, TEXT, privateKey);

  test("holds over its own text under its own key", () => {
    expect(ed25519Holds(publicKey, TEXT, signature)).toBe(true);
    expect(ed25519Holds(publicKey, Buffer.from("another"), signature)).toBe(false);
    expect(ed25519Holds(generateKeyPairSync("ed25519").publicKey, TEXT, signature)).toBe(false);
    expect(ed25519Holds(publicKey, TEXT, signature.subarray(0, 63))).toBe(false);
    expect(ed25519Holds(publicKey, TEXT, Buffer.alloc(0))).toBe(false);
  });

  // Under these, versions of OpenSSL differ; the first holds under the identity by the equation alone.
  test.each([
    ["01".padEnd(64, "0")],
    [`01${"00".repeat(30)}80`],
    [`ee${"ff".repeat(30)}7f`],
    [`ec${"ff".repeat(30)}ff`],
    ["26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"],
  ])("never holds under the key %s", (point) => {
    expect(ed25519Holds(keyOf(point), TEXT, Buffer.concat([Buffer.of(1), Buffer.alloc(63)]))).toBe(false);
  });
});

describe("a moment", () => {
  test.each(["2026-11-24T10:55:00.000Z", "2024-02-29T23:59:59.999Z", "0001-01-01T00:00:00.000Z"])(
    "is %s",
    (text) => expect(isInstant(text)).toBe(true),
  );
  test.each([
    "2026-13-01T00:00:00.000Z",
    "2026-02-30T00:00:00.000Z",
    "1900-02-29T00:00:00.000Z",
    "2026-01-01T24:00:00.000Z",
    "2026-01-01T00:00:60.000Z",
    "2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00.000Z\n",
    "",
  ])("is not %j", (text) => expect(isInstant(text)).toBe(false));
});

test.each(["counter\u0085sign", "counter\ufeffsign", "cöuntersign", "counter sign", ""])(
  "no key has the name %j",
  (name) => expect(parseVerifierKey(`${name}+00000000+${Buffer.alloc(33, 1).toString("base64")}`)).toBeNull(),
);
