import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openCheckpoint, signCheckpoint, splitNotes } from "#lib/proof/checkpoint.ts";
import { parseSigningKey, parseVerifierKey, signingKeyText, type SigningKey } from "#lib/proof/note-keys.ts";
import { openNote, signNote } from "#lib/proof/signed-note.ts";

// The key and the note of the reference implementation (golang.org/x/mod/sumdb/note).
const VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const NOTE = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

function signing(text = signingKeyText("countersign/test", randomBytes(32))): SigningKey {
  const key = parseSigningKey(text);
  if (key === null) throw new Error("the test's key cannot be read");
  return key;
}

function verifying(text = VKEY) {
  const key = parseVerifierKey(text);
  if (key === null) throw new Error("the test's key cannot be read");
  return key;
}

describe("the reference note", () => {
  test("opens under its key, and is what we sign", () => {
    expect(openNote(NOTE, verifying())).toBe(TEXT);
    expect(signNote(TEXT, signing(SKEY))).toBe(NOTE);
    expect(signing(SKEY).text).toBe(VKEY);
  });

  test("no other text of its key is a key", () => {
    for (let index = 0; index < VKEY.length; index += 1) {
      const code = VKEY.charCodeAt(index) + 1;
      const changed = VKEY.slice(0, index) + String.fromCharCode(code) + VKEY.slice(index + 1);
      expect(parseVerifierKey(changed), changed).toBeNull();
      expect(parseVerifierKey(VKEY.slice(0, index))).toBeNull();
    }
    expect(parseSigningKey(SKEY.replace("c74f20a3", "c74f20a4"))).toBeNull();
    expect(parseVerifierKey(SKEY)).toBeNull();
  });

  test("a change anywhere in it shows", () => {
    fc.assert(
      fc.property(fc.nat({ max: NOTE.length - 1 }), fc.constantFrom("x", "\n", "—", " ", "\0"), (at, by) => {
        const changed = NOTE.slice(0, at) + by + NOTE.slice(at + 1);
        return changed === NOTE || openNote(changed, verifying()) === null;
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["cut", NOTE.slice(0, -1)],
    ["without signatures", `${TEXT}\n`],
    ["with a line that is no signature", `${NOTE}x\n`],
    ["signed by somebody else alone", signNote(TEXT, signing())],
  ])("does not open %s", (_title, note) => {
    expect(openNote(note, verifying())).toBeNull();
  });

  test("a further signature by somebody else does no harm", () => {
    const other = signNote(TEXT, signing()).slice(TEXT.length + 1);
    expect(openNote(NOTE + other, verifying())).toBe(TEXT);
  });
});

describe("a checkpoint", () => {
  const key = signing();
  const checkpoint = { size: 412, root: randomBytes(32), at: "2026-11-25T10:55:00.000Z" };
  const note = signCheckpoint(checkpoint, key);

  test("reads back as it was signed", () => {
    expect(openCheckpoint(note, key)).toEqual(checkpoint);
    expect(note.split("\n").slice(0, 2)).toEqual(["countersign/test", "412"]);
  });

  test("is not taken from another log, nor from a note of another kind", () => {
    expect(openCheckpoint(note, signing())).toBeNull();
    const [origin, size, root, time] = note.split("\n");
    for (const text of [
      `other\n${size}\n${root}\n${time}\n`,
      `${origin}\n0412\n${root}\n${time}\n`,
      `${origin}\n-1\n${root}\n${time}\n`,
      `${origin}\n${size}\n${root?.slice(4)}\n${time}\n`,
      `${origin}\n${size}\n${root}\n`,
      `${origin}\n${size}\n${root}\n${time}\nmore\n`,
    ])
      expect(openCheckpoint(signNote(text, key), key), text).toBeNull();
  });

  test("a file of them falls apart into each", () => {
    expect(splitNotes(note + note + NOTE)).toEqual([note, note, NOTE]);
    expect(splitNotes("")).toEqual([]);
    expect(splitNotes(`${note}\n\n${note}`)).toEqual([note, note]);
  });
});
