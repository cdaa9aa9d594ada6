import { canonicalText } from "#lib/proof/canonical-json.ts";
import { assemble, type Mutation } from "./assemble-bundle.ts";

/** Manifests in another form than the one that they have: signed anew, as only whoever has the key can. */
export const MANIFEST_MUTATIONS: Readonly<Record<string, Mutation>> = {
  "a manifest with a space": ({ parts }) => assemble(parts, { text: `${canonicalText(parts.manifest)} ` }),
  "a manifest in another order": ({ parts }) => assemble(parts, { text: JSON.stringify(parts.manifest) }),
  "a manifest with a name twice": ({ parts }) =>
    assemble(parts, {
      text: canonicalText(parts.manifest).replace('{"checkpoint"', '{"checkpoint":"","checkpoint"'),
    }),
  "a manifest with more in it": ({ parts }) =>
    assemble(parts, { text: canonicalText({ ...parts.manifest, more: 1 }) }),
  "a manifest with a prototype": ({ parts }) =>
    assemble(parts, {
      text: canonicalText(parts.manifest).replace('{"checkpoint"', '{"__proto__":{},"checkpoint"'),
    }),
  "a manifest of another format": ({ parts }) =>
    assemble(parts, { text: canonicalText({ ...parts.manifest, format: "countersign/bundle/2" }) }),
  "a manifest with a fraction": ({ parts }) =>
    assemble(parts, {
      text: canonicalText({ ...parts.manifest, head: { ...parts.manifest.head, seq: 1.5 } }),
    }),
  "a manifest that nests without end": ({ parts }) =>
    assemble(parts, { text: `${"[".repeat(20_000)}${"]".repeat(20_000)}` }),
  "a manifest of more commas than any has": ({ parts }) =>
    assemble(parts, { text: `[${"0,".repeat(1_200_001)}0]` }),
  "a manifest of events that are none": ({ parts }) =>
    assemble(parts, {
      text: canonicalText({ ...parts.manifest, events: Array.from({ length: 200_000 }, () => ({})) }),
    }),
  "a manifest that is not UTF-8": ({ parts }) =>
    assemble(parts, { text: Buffer.from("7b22ff223a317d", "hex") }),
  "a manifest with a lone surrogate": ({ parts }) =>
    assemble(parts, { text: canonicalText(parts.manifest).replace('"format":"', '"format":"\\ud800') }),
};
