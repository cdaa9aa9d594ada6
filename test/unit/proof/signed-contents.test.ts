import { expect, test, vi } from "vitest";
import { signatureFlaw } from "#lib/proof/bundle-signatures.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { signedContents } from "#lib/proof/signed-contents.ts";
import { signedDetailsFlaw } from "#lib/proof/signed-details.ts";
import { signatureLines } from "../../../cli/signature-words.ts";

test("a text is read once, however many signatures name it", () => {
  const details = { version: "1.0.0", commit: "c0ffee1", environment: "production" };
  const text = canonicalText({ format: "countersign/signed-content/1", deployment: { id: "x", details } });
  const digest = sha256(text);
  const told = { at: "2026-11-27T10:00:00.000Z", actor: { id: "a", name: "Ada" } };
  const opened = { ...told, seq: 1, type: "deployment.opened", data: { details } };
  const signature = {
    ...told,
    type: "approval.granted",
    data: { digest, role: "product", proof: "password" },
  };
  const events = [opened, ...Array.from({ length: 99 }, (_, index) => ({ ...signature, seq: index + 2 }))];
  const parse = vi.spyOn(JSON, "parse");
  const signed = [{ digest, text }];
  const contents = signedContents(signed);
  expect(signatureFlaw({ deployment: "x", signed }, contents, events)).toBeNull();
  expect(signedDetailsFlaw(contents, events)).toBeNull();
  expect(signatureLines(events, contents)).toHaveLength(99);
  expect(parse).toHaveBeenCalledTimes(1);
  parse.mockRestore();
});
