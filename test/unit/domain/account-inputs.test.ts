import { expect, test } from "vitest";
import type { z } from "zod";
import {
  addPasskeyInput,
  confirmedInput,
  confirmTotpInput,
  originInput,
  ownPasswordInput,
  passkeyInput,
  recoverInput,
  recoveryLinkInput,
  sessionInput,
  stepUpInput,
} from "#lib/domain/inputs/account.ts";
import { password } from "#lib/domain/inputs/password.ts";
import { teamTimeZoneInput } from "#lib/domain/inputs/people.ts";
import { proofInput, secondFactorInput } from "#lib/domain/inputs/proof.ts";
import { inputRefusals } from "#test/support/input-refusals.ts";

const ID = "11111111-1111-4111-8111-111111111111";
const PASSWORD = "a long enough password";
const BYTES = "Ab0_-";
const ANSWER = {
  id: BYTES,
  response: { clientDataJSON: BYTES, authenticatorData: BYTES, signature: BYTES, userHandle: BYTES },
};
const PASSKEY = { kind: "passkey", challengeId: ID, answer: ANSWER };
const NEW_PASSKEY = { id: BYTES, response: { clientDataJSON: BYTES, attestationObject: BYTES } };
const ZONE = { teamId: ID, timeZone: "Europe/Vienna" };
const long = (length: number) => "x".repeat(length);

/** Inputs that are taken, with what is kept where that is not the same. */
test.each<[string, z.ZodType, object, object?]>([
  ["an address bar", originInput, { origin: "https://a.example" }],
  ["a will", confirmedInput, { confirmed: true }],
  ["a password anew", stepUpInput, { proof: { kind: "password", password: " x" } }],
  [
    "a one-time code as people write it",
    proofInput,
    { kind: "password+totp", password: "x", code: "123 456" },
    { kind: "password+totp", password: "x", code: "123456" },
  ],
  [
    "a recovery code as it is printed",
    proofInput,
    { kind: "password+recovery-code", password: "x", code: "ABCD-efgh-2345-6789".replace("89", "22") },
    { kind: "password+recovery-code", password: "x", code: "abcdefgh23456722" },
  ],
  ["a passkey", proofInput, PASSKEY],
  ["a passkey as second step", secondFactorInput, PASSKEY],
  [
    "a code as second step",
    secondFactorInput,
    { kind: "totp", code: "12 34 56" },
    { kind: "totp", code: "123456" },
  ],
  ["a recovery code as second step", secondFactorInput, { kind: "recovery-code", code: "abcdefghabcdefgh" }],
  [
    "a new passkey",
    addPasskeyInput,
    { challengeId: ID, name: "Blue", answer: NEW_PASSKEY },
    {
      challengeId: ID,
      name: "Blue",
      answer: { ...NEW_PASSKEY, response: { ...NEW_PASSKEY.response, transports: [] } },
    },
  ],
  ["a passkey's end", passkeyInput, { passkeyId: ID }],
  ["a set-up code", confirmTotpInput, { code: " 123456 " }, { code: "123456" }],
  ["one's own password", ownPasswordInput, { current: " x", password: PASSWORD }],
  ["a session's end", sessionInput, { sessionId: ID }],
  ["a recovery link", recoveryLinkInput, { personId: ID, dropsFactors: true }],
  ["a recovery", recoverInput, { token: "-".repeat(43), password: PASSWORD }],
  ["a zone", teamTimeZoneInput, ZONE],
])("%s is taken", (_what, schema, input, kept = input) => {
  expect(schema.parse(input)).toEqual(kept);
});

const response = (more: object) => ({
  ...PASSKEY,
  answer: { ...ANSWER, response: { ...ANSWER.response, ...more } },
});
const registered = (more: object) => ({
  challengeId: ID,
  name: "Blue",
  answer: { ...NEW_PASSKEY, response: { ...NEW_PASSKEY.response, ...more } },
});
const six = "Enter the six digits that your app shows";
const sixteen = "A recovery code has sixteen letters and digits";
const withPassword = (code: string) => ({ kind: "password+totp", password: "x", code });
const printed = (code: string) => ({ kind: "recovery-code", code });

test.each<[z.ZodType, object, Record<string, unknown>]>([
  [originInput, { origin: "a.example" }, { origin: expect.anything() }],
  [originInput, { origin: `https://${long(300)}` }, { origin: expect.anything() }],
  [confirmedInput, { confirmed: false }, { confirmed: expect.anything() }],
  [stepUpInput, { proof: { kind: "password", password: "" } }, { "proof.password": "Enter your password" }],
  [
    stepUpInput,
    { proof: { kind: "password", password: long(1_001) } },
    { "proof.password": expect.anything() },
  ],
  [proofInput, withPassword("12345"), { code: six }],
  [proofInput, withPassword("1234567"), { code: six }],
  [proofInput, withPassword("12345a"), { code: six }],
  [confirmTotpInput, { code: "1234567" }, { code: six }],
  [confirmTotpInput, { code: "a123456" }, { code: six }],
  [secondFactorInput, printed("abcdefghabcdefg"), { code: sixteen }],
  [secondFactorInput, printed("abcdefghabcdefgha"), { code: sixteen }],
  [secondFactorInput, printed("abcdefghabcdefg1"), { code: sixteen }],
  [secondFactorInput, printed(`${"-".repeat(85)}abcdefghabcdefgh`), { code: expect.anything() }],
  [proofInput, { kind: "totp", code: "123456" }, { kind: expect.anything() }],
  [proofInput, { ...PASSKEY, challengeId: "1" }, { challengeId: "Not an id" }],
  [proofInput, { ...PASSKEY, more: 1 }, { "": expect.anything() }],
  [proofInput, response({ signature: "a+b" }), { "answer.response.signature": "Not base64url" }],
  [proofInput, response({ signature: "" }), { "answer.response.signature": "Not base64url" }],
  [proofInput, response({ signature: long(4_001) }), { "answer.response.signature": expect.anything() }],
  [
    proofInput,
    response({ clientDataJSON: long(8_001) }),
    { "answer.response.clientDataJSON": expect.anything() },
  ],
  [
    proofInput,
    response({ authenticatorData: long(8_001) }),
    { "answer.response.authenticatorData": expect.anything() },
  ],
  [proofInput, response({ userHandle: long(201) }), { "answer.response.userHandle": expect.anything() }],
  [proofInput, { ...PASSKEY, answer: { ...ANSWER, id: long(1_401) } }, { "answer.id": expect.anything() }],
  [addPasskeyInput, { ...registered({}), name: " " }, { name: "Give it a name" }],
  [addPasskeyInput, { ...registered({}), challengeId: "1" }, { challengeId: "Not an id" }],
  [
    addPasskeyInput,
    registered({ transports: Array.from({ length: 11 }, () => "usb") }),
    { "answer.response.transports": expect.anything() },
  ],
  [
    addPasskeyInput,
    registered({ transports: [long(21)] }),
    { "answer.response.transports.0": expect.anything() },
  ],
  [
    addPasskeyInput,
    registered({ attestationObject: long(16_001) }),
    { "answer.response.attestationObject": expect.anything() },
  ],
  [passkeyInput, { passkeyId: "1" }, { passkeyId: "Not an id" }],
  [sessionInput, { sessionId: "1" }, { sessionId: "Not an id" }],
  [recoveryLinkInput, { personId: "1", dropsFactors: false }, { personId: "Not an id" }],
  [recoverInput, { token: "-".repeat(42), password: PASSWORD }, { token: "This link does not hold" }],
  [recoverInput, { token: "-".repeat(44), password: PASSWORD }, { token: "This link does not hold" }],
  [recoverInput, { token: `${"-".repeat(42)}!`, password: PASSWORD }, { token: "This link does not hold" }],
  [ownPasswordInput, { current: "", password: PASSWORD }, { current: "Enter your password" }],
  [teamTimeZoneInput, { ...ZONE, timeZone: "" }, { timeZone: "Name the zone" }],
  [teamTimeZoneInput, { ...ZONE, timeZone: "Mars" }, { timeZone: "Not a time zone such as Europe/Vienna" }],
  [teamTimeZoneInput, { ...ZONE, teamId: "1" }, { teamId: "Not an id" }],
])("%# is refused, beside the field", (schema, input, fields) => {
  expect(inputRefusals(schema, input)).toEqual(fields);
});

test.each<[z.ZodType, object]>([
  [originInput, { origin: "https://a.example" }],
  [confirmedInput, { confirmed: true }],
  [stepUpInput, { proof: PASSKEY }],
  [proofInput, { kind: "password", password: "x" }],
  [proofInput, withPassword("123456")],
  [proofInput, { kind: "password+recovery-code", password: "x", code: "abcdefghabcdefgh" }],
  [secondFactorInput, printed("abcdefghabcdefgh")],
  [secondFactorInput, { kind: "totp", code: "123456" }],
  [addPasskeyInput, registered({})],
  [passkeyInput, { passkeyId: ID }],
  [confirmTotpInput, { code: "123456" }],
  [ownPasswordInput, { current: "x", password: PASSWORD }],
  [sessionInput, { sessionId: ID }],
  [recoveryLinkInput, { personId: ID, dropsFactors: true }],
  [recoverInput, { token: "-".repeat(43), password: PASSWORD }],
  [teamTimeZoneInput, ZONE],
])("%# takes each of its fields, and nothing besides", (schema, input) => {
  expect(inputRefusals(schema, { ...input, more: 1 })).toEqual({ "": expect.anything() });
  for (const field of Object.keys(input))
    expect(inputRefusals(schema, { ...input, [field]: undefined }), field).not.toBeNull();
});

test.each([
  [" padded with spaces ", true],
  ["elevenchars", false],
  ["twelve chars", true],
  [`ab${"c".repeat(998)}`, true],
  [`ab${"c".repeat(999)}`, false],
  ["PASSWORD1234", false],
  ["ｐａｓｓｗｏｒｄ1234", false],
  ["abababababab", false],
  ["abcabcabcabc", true],
  ["long enough \ud800", false],
])("%j as a new password: %s", (text, isTaken) => {
  expect(password.safeParse(text).success).toBe(isTaken);
});
