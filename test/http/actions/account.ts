import { canonicalOrigin } from "#lib/env.ts";
import type { ActionRow, ActionRows } from "#test/support/action-rows.ts";

const NOBODY = "11111111-1111-4111-8111-111111111111";
const here = () => ({ origin: canonicalOrigin() });
const confirmed = () => ({ confirmed: true });
const bytes = "AAAA";
const newPasskey = () => ({
  challengeId: NOBODY,
  name: "Key",
  answer: { id: bytes, response: { clientDataJSON: bytes, attestationObject: bytes } },
});
const wrongPassword = () => ({ proof: { kind: "password", password: "guess" } });
const passwords = () => ({ current: "guess", password: "long enough password" });

/** What somebody does about themselves, and why it is refused to whoever has nothing to lose yet. */
function own(example: () => unknown, what: string, code: ActionRow["refusals"][number][3]): ActionRow {
  return {
    asks: null,
    about: "oneself",
    example,
    ruleSays: code,
    refusals: [[what, "engineer", example, code]],
  };
}

export const rows: ActionRows = {
  stepUpAction: own(wrongPassword, "wrong password", "proof-required"),
  askToStepUpAction: own(here, "a bare address", "passkeys-not-here"),
  askToEnrolAction: own(here, "a bare address", "passkeys-not-here"),
  addPasskeyAction: own(newPasskey, "a challenge that never was", "proof-required"),
  removePasskeyAction: own(() => ({ passkeyId: NOBODY }), "nobody's", "not-found"),
  beginTotpAction: {
    ...own(confirmed, "", "not-found"),
    refusals: [["a field that it does not take", "engineer", () => ({ secret: "X" }), "invalid-input"]],
  },
  confirmTotpAction: own(() => ({ code: "123456" }), "never begun", "not-found"),
  removeTotpAction: own(confirmed, "never set up", "not-found"),
  makeRecoveryCodesAction: own(confirmed, "no second factor", "conflict"),
  makeCalendarAddressAction: {
    ...own(confirmed, "", "not-found"),
    refusals: [["a field that it does not take", "engineer", () => ({ all: true }), "invalid-input"]],
  },
  revokeCalendarAddressAction: {
    ...own(confirmed, "", "not-found"),
    refusals: [["a field that it does not take", "engineer", () => ({ all: true }), "invalid-input"]],
  },
  changeOwnPasswordAction: own(passwords, "wrong password", "proof-required"),
  endOwnSessionAction: own(() => ({ sessionId: NOBODY }), "nobody's", "not-found"),
  endOtherSessionsAction: {
    ...own(confirmed, "", "not-found"),
    refusals: [["a field that it does not take", "engineer", () => ({ all: true }), "invalid-input"]],
  },
};
