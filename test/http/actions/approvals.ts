import { randomUUID } from "node:crypto";
import { canonicalOrigin } from "#lib/env.ts";
import { on, signatureOn, type ActionRows } from "#test/support/action-rows.ts";

const approval = (id: string, more: object = {}) => signatureOn(id, { comment: null, ...more });
const rejection = (id: string) => signatureOn(id, { reason: "x" });
const answer = (id: string) => on(id, { round: 1, answer: "x" });
const statement = (id: string) =>
  on(id, {
    role: "engineering-lead",
    decision: "approve",
    digest: "0".repeat(64),
    origin: canonicalOrigin(),
  });
const otherContent = { digest: "0".repeat(64) };

export const rows: ActionRows = {
  grantApprovalAction: {
    asks: "approval.sign",
    about: "record",
    example: (_world, id) => approval(id, otherContent),
    refusals: [
      ["wrong role", "engineer", ({ signing }) => approval(signing), "forbidden"],
      ["not one's turn", "sre", ({ signing }) => approval(signing, { role: "devops-sre" }), "not-your-turn"],
      ["too early", "engineeringLead", ({ fresh }) => approval(fresh), "sign-off-not-open"],
      [
        "wrong password",
        "engineeringLead",
        ({ signing }) => approval(signing, { proof: { kind: "password", password: "guess" } }),
        "proof-required",
      ],
      [
        "other content",
        "engineeringLead",
        ({ signing }) => approval(signing, otherContent),
        "content-changed",
      ],
      [
        "no such delegation",
        "engineer",
        ({ signing }) => approval(signing, { delegation: randomUUID() }),
        "delegation-ended",
      ],
      ["another team's", "engineeringLead", ({ foreign }) => approval(foreign), "not-found"],
    ],
  },
  rejectApprovalAction: {
    asks: "approval.sign",
    about: "record",
    example: (_world, id) => signatureOn(id, { reason: "x", ...otherContent }),
    refusals: [
      ["wrong role", "engineer", ({ signing }) => rejection(signing), "forbidden"],
      ["another team's", "engineeringLead", ({ foreign }) => rejection(foreign), "not-found"],
    ],
  },
  askToSignAction: {
    asks: null,
    about: "oneself",
    example: (_world, id) => statement(id),
    refusals: [["no passkey", "engineer", ({ signing }) => statement(signing), "passkeys-not-here"]],
  },
  answerRejectionAction: {
    asks: "rejection.answer",
    about: "record",
    example: (_world, id) => answer(id),
    refusals: [
      ["wrong role", "engineer", ({ signing }) => answer(signing), "forbidden"],
      ["out of order", "lead", ({ signing }) => answer(signing), "not-rejected"],
      ["another team's", "lead", ({ foreign }) => answer(foreign), "not-found"],
    ],
  },
};
