import { expect, test } from "vitest";
import { answerRejection } from "#lib/domain/approvals.ts";
import { changeDetails } from "#lib/domain/details.ts";
import { sha256 } from "#lib/proof/canonical-json.ts";
import { signedContents } from "#lib/proof/signed-contents.ts";
import { CAST } from "#test/support/people.ts";
import { rejection, TestRecord } from "#test/support/records.ts";
import { signatureLines } from "../../cli/signature-words.ts";

// What whoever verifies a bundle reads of its signatures.
const { lead, engineeringLead, sre } = CAST;

const DETAILS = { version: "1.0.0”, signed", commit: "c0ffee1", environment: "production" };

function rejected(): TestRecord {
  const record = new TestRecord().toSignOff();
  record.sign(engineeringLead, "engineering-lead");
  record.do(sre, rejection(record, "devops-sre", sre, "No capacity."));
  return record;
}

function endings({ events }: TestRecord): readonly (string | undefined)[] {
  return signatureLines(events, new Map()).map((line) => /void since event (\d+)$/.exec(line)?.[1]);
}

test("an answered rejection ends what was signed in its round, and itself", () => {
  const record = rejected();
  expect(endings(record)).toEqual([undefined, undefined]);
  record.do(lead, answerRejection("Scaled up.", 1));
  expect(record.deployment.approvals.every(({ voided }) => voided !== null)).toBe(true);
  const { seq } = record.events.at(-1) ?? {};
  expect(endings(record)).toEqual([`${seq}`, `${seq}`]);
});

test("a rejection outlives a change of what was signed", () => {
  const record = rejected();
  record.do(lead, changeDetails({ version: "2.0.0" }));
  expect(record.deployment.approvals.map(({ voided }) => voided === null)).toEqual([false, true]);
  const { seq } = record.events.at(-1) ?? {};
  expect(endings(record)).toEqual([`${seq}`, undefined]);
});

test("the words of an event stand in quotes, those of the verifier alone", () => {
  const signature = { seq: 1, type: "approval.granted", at: "2026-11-27T10:00:00.000Z" };
  const text = JSON.stringify({ deployment: { details: DETAILS } });
  const digest = sha256(text);
  const line = (name: string, data: object) =>
    signatureLines(
      [{ ...signature, actor: { id: "a", name }, data: { ...data } }],
      signedContents([{ digest, text }]),
    )[0]?.split("Z: ")[1];
  expect(line("Ada", { role: "security", proof: "password+totp" })).toBe(
    "“Ada” approved as Security, by password and one-time code, as the installation says",
  );
  const forged = { role: "security, as nobody", proof: "passkey, whose signature holds; by x" };
  expect(line("Ada” approved", { ...forged, for: { name: "Bob" } })).toBe(
    '“Ada" approved” approved as “security, as nobody” for “Bob”, ' +
      "by “passkey, whose signature holds; by x”, as the installation says",
  );
  expect(line("Ada", { role: "security", proof: "password", digest })).toBe(
    '“Ada” approved as Security, over “1.0.0", signed” of commit “c0ffee1” to “production”, ' +
      "by password, as the installation says",
  );
  expect(line("Ada", { proof: "passkey" })).toContain("as nothing, by passkey, whose signature holds; whose");
});
