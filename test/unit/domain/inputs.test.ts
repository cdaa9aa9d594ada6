import { describe, expect, test } from "vitest";
import type { z } from "zod";
import {
  answerRejectionInput,
  grantApprovalInput,
  rejectApprovalInput,
  signatureChallengeInput,
} from "#lib/domain/inputs/approvals.ts";
import {
  confirmBreakGlassInput,
  requestBreakGlassInput,
  reviewBreakGlassInput,
  withdrawBreakGlassInput,
} from "#lib/domain/inputs/break-glass.ts";
import { evidenceInput, settleItemsInput } from "#lib/domain/inputs/checklist-items.ts";
import { createDelegationInput, delegationInput } from "#lib/domain/inputs/delegations.ts";
import { jobInput } from "#lib/domain/inputs/jobs.ts";
import { lookInput } from "#lib/domain/inputs/looks.ts";
import {
  createPersonInput,
  createTeamInput,
  personInput,
  roleInput,
  setPasswordInput,
  setUpInput,
  teamDutiesInput,
  teamSecondFactorInput,
} from "#lib/domain/inputs/people.ts";
import { presenceInput } from "#lib/domain/inputs/presence.ts";
import { legalHoldInput, removeContentInput, retentionInput } from "#lib/domain/inputs/retention.ts";
import { renameViewInput, saveViewInput, viewInput } from "#lib/domain/inputs/saved-views.ts";
import { createTokenInput, tokenInput } from "#lib/domain/inputs/tokens.ts";
import { valid } from "#lib/domain/inputs/valid.ts";
import { verificationInput } from "#lib/domain/inputs/verifications.ts";
import { inputRefusals as refusals } from "#test/support/input-refusals.ts";

const ID = "11111111-1111-4111-8111-111111111111";
const DIGEST = "a".repeat(64);
const PROOF = { kind: "password", password: " x" };
const PASSWORD = "a long enough password";
const FROM = "2026-11-24T10:00:00+02:00";
const TO = "2026-11-25T10:00:00Z";
const DUTIES = ["openerMaySign", "deployerMaySign", "mayHoldSeveralRoles"];

type Sample = readonly [name: string, schema: z.ZodType, input: Record<string, unknown>, kept?: object];

const SIGNATURE = { deploymentId: ID, role: "security", digest: DIGEST, proof: PROOF };
const DELEGATION = { role: "product", teamId: null, toId: ID, startsAt: FROM, endsAt: TO };
const PERSON = { name: " Ada ", email: " Ada@Test.Example ", password: PASSWORD };
const CHALLENGE = {
  deploymentId: ID,
  role: "security",
  decision: "approve",
  digest: DIGEST,
  origin: "https://a.example",
};

/** One input of each kind that is taken as it is, or as what is kept of it. */
const SAMPLES: readonly Sample[] = [
  ["an approval", grantApprovalInput, { ...SIGNATURE, comment: " " }, { ...SIGNATURE, comment: null }],
  ["a rejection", rejectApprovalInput, { ...SIGNATURE, reason: "No" }],
  ["an answer", answerRejectionInput, { deploymentId: ID, round: 1, answer: "Mended" }],
  ["a challenge", signatureChallengeInput, CHALLENGE],
  ["broken glass", requestBreakGlassInput, { deploymentId: ID, phase: "final-checks", reason: "Down" }],
  ["its confirmation", confirmBreakGlassInput, { ...SIGNATURE, request: 1 }],
  ["its withdrawal", withdrawBreakGlassInput, { deploymentId: ID, request: 1 }],
  [
    "its review",
    reviewBreakGlassInput,
    { deploymentId: ID, request: 1, conclusion: "justified", finding: "It was down" },
  ],
  [
    "a delegation",
    createDelegationInput,
    DELEGATION,
    { ...DELEGATION, startsAt: "2026-11-24T08:00:00.000Z", endsAt: "2026-11-25T10:00:00.000Z" },
  ],
  ["its end", delegationInput, { delegationId: ID }],
  ["a job", jobInput, { jobId: ID }],
  ["a look", lookInput, { deploymentId: ID, seq: 2_147_483_647 }],
  ["a person", createPersonInput, PERSON, { ...PERSON, name: "Ada", email: "ada@test.example" }],
  ["a password", setPasswordInput, { personId: ID, password: PASSWORD }],
  ["an account", personInput, { personId: ID }],
  ["a role", roleInput, { personId: ID, role: "auditor", teamId: null }],
  ["a team", createTeamInput, { name: "Payments" }],
  [
    "a team's duties",
    teamDutiesInput,
    { teamId: ID, openerMaySign: true, deployerMaySign: false, mayHoldSeveralRoles: false },
  ],
  ["a team's factor", teamSecondFactorInput, { teamId: ID, required: true }],
  [
    "a set-up",
    setUpInput,
    { token: "t", team: "Payments", name: "Ada", email: "a@b.example", password: PASSWORD },
  ],
  ["presence", presenceInput, { deploymentId: ID, tab: ID, place: "item:mtls-enabled" }],
  ["a hold", legalHoldInput, { deploymentId: ID, ifRevision: 3, reason: "A claim" }],
  ["a removal", removeContentInput, { deploymentId: ID }],
  ["a span", retentionInput, { days: 30 }],
  ["no span", retentionInput, { days: null }],
  ["a view", saveViewInput, { page: "history", name: "Mine", query: "type=item.checked" }],
  ["its new name", renameViewInput, { viewId: ID, name: "Ours" }],
  ["its end", viewInput, { viewId: ID }],
  ["a token", createTokenInput, { name: "ci", scopes: ["read"] }, { name: "ci", scopes: ["read"], days: 90 }],
  ["its end", tokenInput, { tokenId: ID }],
  ["a verification", verificationInput, { scope: { kind: "everything" } }],
  ["ticks", settleItemsInput, { deploymentId: ID, changes: [{ item: "cdn", to: "done" }] }],
  ["evidence", evidenceInput, { deploymentId: ID, item: "cdn", content: { kind: "note", text: "Seen" } }],
];

const NAMED = SAMPLES.map(([name, schema, input, kept = input]) => ({ name, schema, input, kept }));

describe.each(NAMED)("$name", ({ schema, input, kept }) => {
  test("is taken, and nothing besides", () => {
    expect(valid(schema, input)).toEqual(kept);
    expect(refusals(schema, { ...input, more: 1 })).toHaveProperty([""]);
  });

  test("needs each of its fields", () => {
    const optional = ["comment", "delegation", "days", "ifRevision", ...DUTIES];
    for (const field of Object.keys(input).filter((name) => !optional.includes(name)))
      expect(refusals(schema, { ...input, [field]: undefined }), field).not.toBeNull();
  });

  test("takes no id that is none", () => {
    for (const field of Object.keys(input).filter((name) => input[name] === ID && name !== "tab"))
      expect(refusals(schema, { ...input, [field]: "1" })).toEqual({ [field]: "Not an id" });
  });
});

const long = (length: number) => "x".repeat(length);

describe("a field that is refused says why", () => {
  const cases: readonly (readonly [z.ZodType, object, Record<string, string>])[] = [
    [grantApprovalInput, { ...SIGNATURE, digest: `${DIGEST}0` }, { digest: "Not a digest" }],
    [grantApprovalInput, { ...SIGNATURE, digest: `0${DIGEST}` }, { digest: "Not a digest" }],
    [grantApprovalInput, { ...SIGNATURE, comment: long(4_001) }, { comment: "At most 4000 characters" }],
    [rejectApprovalInput, { ...SIGNATURE, reason: " " }, { reason: "Give a reason" }],
    [
      rejectApprovalInput,
      { ...SIGNATURE, reason: "a\u0000" },
      { reason: "Contains characters that cannot be stored" },
    ],
    [
      rejectApprovalInput,
      { ...SIGNATURE, reason: "\ud800" },
      { reason: "Contains characters that cannot be stored" },
    ],
    [answerRejectionInput, { deploymentId: ID, round: 1, answer: "" }, { answer: "Answer the rejection" }],
    [signatureChallengeInput, { ...CHALLENGE, role: "Security" }, { role: "Not a role" }],
    [signatureChallengeInput, { ...CHALLENGE, role: "security!" }, { role: "Not a role" }],
    [signatureChallengeInput, { ...CHALLENGE, digest: "" }, { digest: "Not a digest" }],
    [requestBreakGlassInput, { deploymentId: ID, phase: "a b", reason: "x" }, { phase: "Not a phase key" }],
    [requestBreakGlassInput, { deploymentId: ID, phase: "!a", reason: "x" }, { phase: "Not a phase key" }],
    [
      reviewBreakGlassInput,
      { deploymentId: ID, request: 1, conclusion: "x", finding: "x" },
      { conclusion: "Say whether it was justified" },
    ],
    [
      reviewBreakGlassInput,
      { deploymentId: ID, request: 1, conclusion: "justified", finding: "" },
      { finding: "Write what you found" },
    ],
    [
      createDelegationInput,
      { ...DELEGATION, endsAt: FROM },
      { endsAt: "The last day comes before the first" },
    ],
    [
      createDelegationInput,
      { ...DELEGATION, startsAt: "soon" },
      { startsAt: "Must be a date and time", endsAt: "The last day comes before the first" },
    ],
    [
      createDelegationInput,
      { ...DELEGATION, startsAt: "1999-12-31T23:59:59Z" },
      { startsAt: "Must lie between the years 2000 and 2199" },
    ],
    [
      createDelegationInput,
      { ...DELEGATION, endsAt: "2200-01-01T00:00:00Z" },
      { endsAt: "Must lie between the years 2000 and 2199" },
    ],
    [createPersonInput, { ...PERSON, name: "" }, { name: "Give a name" }],
    [createPersonInput, { ...PERSON, name: "a\nb" }, { name: "Must be a single line" }],
    [createPersonInput, { ...PERSON, name: "a\rb" }, { name: "Must be a single line" }],
    [createPersonInput, { ...PERSON, name: long(101) }, { name: "At most 100 characters" }],
    [createPersonInput, { ...PERSON, email: "ada" }, { email: "Must be an e-mail address" }],
    [setPasswordInput, { personId: ID, password: "elevenchars" }, { password: "At least 12 characters" }],
    [
      setPasswordInput,
      { personId: ID, password: `ab${long(999)}` },
      { password: "At most 1,000 characters" },
    ],
    [
      setPasswordInput,
      { personId: ID, password: "abababababab" },
      { password: "Too many people use this password; choose another" },
    ],
    [
      setPasswordInput,
      { personId: ID, password: `${PASSWORD}\ud800` },
      { password: "Contains characters that cannot be stored" },
    ],
    [createTeamInput, { name: "" }, { name: "Name the team" }],
    [
      setUpInput,
      { token: "", team: "", name: "A", email: "a@b.example", password: PASSWORD },
      { token: "Enter the token", team: "Name the team" },
    ],
    [presenceInput, { deploymentId: ID, tab: ID, place: "elsewhere" }, { place: "Not a place" }],
    [presenceInput, { deploymentId: ID, tab: ID, place: "xslo" }, { place: "Not a place" }],
    [presenceInput, { deploymentId: ID, tab: ID, place: "slox" }, { place: "Not a place" }],
    [presenceInput, { deploymentId: ID, tab: ID, place: `item:${long(81)}` }, { place: "Not a place" }],
    [retentionInput, { days: 29 }, { days: "At least 30 days" }],
    [retentionInput, { days: 36_501 }, { days: "At most 36500 days" }],
    [retentionInput, { days: 30.5 }, { days: "Must be a whole number of days" }],
    [
      saveViewInput,
      { page: "board", name: "", query: "" },
      { name: "Give it a name", query: "Choose a filter first" },
    ],
    [
      createTokenInput,
      { name: "", scopes: [] },
      { name: "Name the token", scopes: "Choose at least one scope" },
    ],
    [createTokenInput, { name: "x", scopes: ["read", "read"] }, { scopes: "Each scope at most once" }],
    [createTokenInput, { name: "x", scopes: ["read"], days: 0 }, { days: "At least one day" }],
    [createTokenInput, { name: "x", scopes: ["read"], days: 367 }, { days: "At most 366 days" }],
    [createTokenInput, { name: "x", scopes: ["read"], days: 1.5 }, { days: "Must be a whole number" }],
    [
      verificationInput,
      { scope: { kind: "range", from: TO, to: FROM } },
      { "scope.to": "The end comes after the beginning" },
    ],
    [
      verificationInput,
      { scope: { kind: "range", from: TO, to: TO } },
      { "scope.to": "The end comes after the beginning" },
    ],
  ];

  test.each(cases)("%#", (schema, input, fields) => {
    expect(refusals(schema, input)).toEqual(fields);
  });
});

test("a number of an event, of a request and of a revision is whole and above 0", () => {
  for (const seq of [0, -1, 1.5, 2_147_483_648])
    expect(refusals(lookInput, { deploymentId: ID, seq })).toHaveProperty("seq");
  expect(refusals(withdrawBreakGlassInput, { deploymentId: ID, request: 0 })).toHaveProperty("request");
  expect(refusals(legalHoldInput, { deploymentId: ID, ifRevision: 0, reason: "x" })).toHaveProperty(
    "ifRevision",
  );
});
