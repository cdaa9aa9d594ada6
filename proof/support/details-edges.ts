import type { ChainEntry } from "#lib/db/event-chain.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { assemble, type Mutation } from "./assemble-bundle.ts";
import { refute } from "./counter-example.ts";
import { DETAILS } from "./paper-installation.ts";

// What became of a record's version, commit and environment beside the approvals over them.
const VOIDED = { type: "sign-off.voided", data: { round: 1, cause: "The signed content changed." } };
const OTHER = { ...DETAILS, version: "6.6.6" };

type Step = { readonly type: string; readonly data: object } | { readonly approves: string };

/** Such bundles that are not whole, each chained, sealed and signed anew. */
export const DETAILS_BROKEN: Readonly<Record<string, Mutation>> = {
  "a version changed under an approval": ending(approval(DETAILS), changed(OTHER)),
  "a version and links changed under an approval": ending(
    approval(DETAILS),
    changed({ version: "6.6.6", links: [] }),
  ),
  "a version changed under an approval and back": ending(
    approval(DETAILS),
    changed(OTHER),
    changed(DETAILS),
    VOIDED,
  ),
  "a version changed under an approval, voided too late": ending(
    approval(DETAILS),
    changed(OTHER),
    { type: "item.checked", data: { item: "mtls-enabled", title: "mTLS" } },
    VOIDED,
  ),
  "an approval of the version before": ending(changed(OTHER), VOIDED, approval(DETAILS)),
  "an approval of a commit besides": ending(VOIDED, approval({ ...DETAILS, commit: "badc0de" })),
  "an approval of no details": ending(VOIDED, approval(undefined)),
  "an approval of details that are a list": ending(VOIDED, approval([])),
  "an approval of a number that nothing can hold": ending(VOIDED, {
    approves: '{"version":"2.14.0","commit":"c0ffee1","slo":{"error-percent":1e400}}',
  }),
};

/** Such bundles that are whole all the same. */
export const DETAILS_WHOLE: Readonly<Record<string, Mutation>> = {
  "links changed under an approval": ending(approval(DETAILS), changed({ links: [{ title: "x" }] })),
  "an approval of links of before": ending(VOIDED, changed({ links: [1] }), approval(DETAILS)),
  "a change under an approval that is a list": ending(approval(DETAILS), {
    type: "deployment.details-changed",
    data: { from: {}, to: ["version"] },
  }),
  "a version changed, voided and approved anew": ending(
    approval(DETAILS),
    changed(OTHER),
    VOIDED,
    approval(OTHER),
  ),
  "an approval of a number in another form": ending(VOIDED, {
    approves: '{"slo":{"error-percent":1.0e-1},"commit":"c0ffee1","version":"2.14.0"}',
  }),
};

function approval(details: unknown): Step {
  return { approves: details === undefined ? "" : canonicalText(Object(details)) };
}

function changed(to: object): Step {
  return { type: "deployment.details-changed", data: { from: {}, to } };
}

/** The record with these events at its end. */
function ending(...steps: readonly Step[]): Mutation {
  return ({ installation, record }) => {
    const last = record.entries.at(-1) ?? refute("a record without events");
    const entries: ChainEntry[] = [...record.entries];
    const signed = [...record.signed];
    for (const step of steps) {
      const { type, data } = "approves" in step ? granted(step.approves) : step;
      entries.push({ ...last, type, data, seq: entries.length + 1 });
    }
    return assemble(installation.bundleOf({ ...record, signed }, entries));

    function granted(details: string) {
      const rest = details === "" ? "" : `,"details":${details}`;
      const text = `{"deployment":{"id":"${record.id}"${rest}},"format":"countersign/signed-content/1"}`;
      const digest = sha256(text);
      if (!signed.some((each) => each.digest === digest)) signed.push({ digest, text });
      return { type: "approval.granted", data: { role: "security", proof: "password", digest } };
    }
  };
}
