import { z } from "zod";
import { askedAbout } from "#lib/domain/inputs/deployments.ts";
import { reason } from "#lib/domain/inputs/text.ts";
import { askGate } from "#lib/services/gates.ts";
import { completePhase, startPhase } from "#lib/services/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/services/rollback.ts";
import { defineEndpoint } from "../endpoint.ts";
import { changed, replyChanged } from "../changed.ts";
import { gate } from "../schemas/deployment.ts";
import { idParams, none, phaseParams } from "../schemas/parameters.ts";

const TAG = "Phases and gates";
const withReason = z.strictObject({ reason });

export const getGateEndpoint = defineEndpoint({
  id: "getGate",
  method: "GET",
  path: "/deployments/{id}/gates/{phase}",
  summary: "May this phase begin?",
  description:
    "`open`, or the blockers, each with a code and a sentence. Live checks look once more before the answer, at most once a minute, and what they see of the open phase is recorded; so a session asks from the app's own pages alone. `close-out` is the gate after the last phase. Name the `commit` and `environment` that you deploy: a record of others answers no, and so does one whose deployment has been made, or that a later one has overtaken.",
  tag: TAG,
  action: "deployment.view",
  params: phaseParams,
  query: askedAbout,
  body: null,
  response: gate,
  leavesEvidence: true,
  handle: async ({ actor, params: { id, phase }, query }) => ({
    body: await askGate(actor, { deploymentId: id, phase }, query),
  }),
});

export const startPhaseEndpoint = defineEndpoint({
  id: "startPhase",
  method: "POST",
  path: "/deployments/{id}/phases/{phase}/start",
  summary: "Begin a phase",
  description:
    "Refused with 409 and the gate's blockers while its gate is closed. Beginning Deployment is T-0. A record of another `commit` or `environment` than those named is refused; one whose deployment has been made, too, where they are named.",
  tag: TAG,
  action: "phase.start",
  params: phaseParams,
  query: askedAbout,
  body: null,
  response: changed,
  handle: async ({ actor, params: { id, phase }, query, ifRevision }) => {
    await startPhase(actor, { deploymentId: id, phase, ifRevision }, query);
    return replyChanged(actor, id);
  },
});

export const completePhaseEndpoint = defineEndpoint({
  id: "completePhase",
  method: "POST",
  path: "/deployments/{id}/phases/{phase}/completion",
  summary: "Complete a phase",
  description: "Refused with 409 and one blocker for each item that is open or whose requirement is not met.",
  tag: TAG,
  action: "phase.complete",
  params: phaseParams,
  query: none,
  body: null,
  response: changed,
  handle: async ({ actor, params: { id, phase }, ifRevision }) => {
    await completePhase(actor, { deploymentId: id, phase, ifRevision });
    return replyChanged(actor, id);
  },
});

export const triggerRollbackEndpoint = defineEndpoint({
  id: "triggerRollback",
  method: "POST",
  path: "/deployments/{id}/rollback",
  summary: "Trigger the rollback",
  description: "From T-0 on: freezes the open phase and opens the rollback list.",
  tag: TAG,
  action: "rollback.trigger",
  params: idParams,
  query: none,
  body: withReason,
  response: changed,
  handle: async ({ actor, params: { id }, body, ifRevision }) => {
    await triggerRollback(actor, { deploymentId: id, ifRevision, ...body });
    return replyChanged(actor, id);
  },
});

export const cancelDeploymentEndpoint = defineEndpoint({
  id: "cancelDeployment",
  method: "POST",
  path: "/deployments/{id}/cancellation",
  summary: "Cancel the deployment",
  description: "Before T-0; team leads only.",
  tag: TAG,
  action: "deployment.cancel",
  params: idParams,
  query: none,
  body: withReason,
  response: changed,
  handle: async ({ actor, params: { id }, body, ifRevision }) => {
    await cancelDeployment(actor, { deploymentId: id, ifRevision, ...body });
    return replyChanged(actor, id);
  },
});
