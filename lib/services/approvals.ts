import type { Actor } from "#lib/domain/actor.ts";
import * as rules from "#lib/domain/approvals.ts";
import type { Decide } from "#lib/domain/change.ts";
import type {
  AnswerRejectionInput,
  GrantApprovalInput,
  RejectApprovalInput,
} from "#lib/domain/inputs/approvals.ts";
import { changeDeployment, loadToChange, type DecideFor } from "#lib/db/change-deployment.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import type { Statement } from "#lib/domain/proof.ts";
import { changeChecklist } from "./change-checklist.ts";
import { mandateOf } from "./mandate-of.ts";
import { proveSignature } from "./proof.ts";
import { refusedBySignatureTrigger } from "./signature-refusals.ts";

/** Rules 3 and 4: approves as a role, after proof, exactly the content that the digest names. */
export async function grantApproval(actor: Actor, input: GrantApprovalInput): Promise<void> {
  await sign(actor, input, "approve", (by, signature) => rules.grantApproval(by, signature, input.comment));
}

/** Rule 5: rejects as a role, after proof, with a reason. */
export async function rejectApproval(actor: Actor, input: RejectApprovalInput): Promise<void> {
  await sign(actor, input, "reject", (by, signature) => rules.rejectApproval(by, signature, input.reason));
}

/** Rule 5: a team lead answers the rejection that they were shown. */
export async function answerRejection(
  actor: Actor,
  { deploymentId, round, answer }: AnswerRejectionInput,
): Promise<void> {
  await changeDeployment(actor, { deploymentId }, "rejection.answer", () => [
    rules.answerRejection(answer, round),
  ]);
}

async function sign(
  actor: Actor,
  { deploymentId, role, delegation, digest, proof }: GrantApprovalInput | RejectApprovalInput,
  decision: Statement["decision"],
  rule: (by: Actor, signature: rules.Signature) => Decide,
): Promise<void> {
  const mandate = delegation == null ? null : await mandateOf(actor, delegation);
  const action = mandate === null ? "approval.sign" : "approval.stand-in";
  // First of all, since what proof a team asks for tells of its record.
  await loadToChange(actor, { deploymentId }, action);
  const represented = mandate === null ? {} : { delegation: mandate.delegation, for: mandate.from.id };
  const statement = { deployment: deploymentId, role, ...represented, decision, digest };
  const proven = await proveSignature(actor, proof, statement);
  const decide: DecideFor = (_, by) => [
    (deployment, at, freezes) =>
      rule(by, { role, digest, contentDigest: contentDigest(deployment), mandate, ...proven })(
        deployment,
        at,
        freezes,
      ),
  ];
  await refusedBySignatureTrigger(changeChecklist(actor, { deploymentId }, action, decide));
}
