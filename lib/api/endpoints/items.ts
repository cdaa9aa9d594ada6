import { z } from "zod";
import { evidenceContent, evidenceInput } from "#lib/domain/inputs/checklist-items.ts";
import {
  addFileInput,
  addReportInput,
  checkerKey,
  FILE_BYTES,
  reportLabel,
} from "#lib/domain/inputs/evidence.ts";
import { instant, optionalText, recordId } from "#lib/domain/inputs/text.ts";
import { assignItems, setItemsDue } from "#lib/services/assignments.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { addEvidence, addFile } from "#lib/services/evidence.ts";
import { runCheck } from "#lib/services/run-check.ts";
import { addReport } from "#lib/services/reports.ts";
import { inBody } from "../in-body.ts";
import { defineEndpoint } from "../endpoint.ts";
import { valid } from "#lib/domain/inputs/valid.ts";
import { verdict } from "../schemas/deployment.ts";
import { idParams, itemParams, none } from "../schemas/parameters.ts";
import { changed, replyChanged } from "../changed.ts";

const TAG = "Items";

export const checkItemEndpoint = defineEndpoint({
  id: "checkItem",
  method: "PUT",
  path: "/deployments/{id}/items/{key}/completion",
  summary: "Tick an item",
  description: "Refused with 409 while the item's phase is not open or its requirement is not met.",
  tag: TAG,
  action: "item.settle",
  params: itemParams,
  query: none,
  body: null,
  response: changed,
  handle: async ({ actor, params: { id, key }, ifRevision }) => {
    await settleItem(actor, id, { item: key, to: "done" }, ifRevision);
    return replyChanged(actor, id);
  },
});

export const clearItemEndpoint = defineEndpoint({
  id: "clearItem",
  method: "DELETE",
  path: "/deployments/{id}/items/{key}/completion",
  summary: "Take a tick or ‘not applicable’ back",
  tag: TAG,
  action: "item.settle",
  params: itemParams,
  query: none,
  body: null,
  response: changed,
  handle: async ({ actor, params: { id, key }, ifRevision }) => {
    await settleItem(actor, id, { item: key, to: "open" }, ifRevision);
    return replyChanged(actor, id);
  },
});

export const waiveItemEndpoint = defineEndpoint({
  id: "waiveItem",
  method: "PUT",
  path: "/deployments/{id}/items/{key}/waiver",
  summary: "Mark an item not applicable",
  description: "A conditional item needs no reason; any other does, and a critical one a team lead besides.",
  tag: TAG,
  action: "item.settle",
  params: itemParams,
  query: none,
  body: z.strictObject({ reason: optionalText(4_000) }),
  response: changed,
  handle: async ({ actor, params: { id, key }, body: { reason }, ifRevision }) => {
    await settleItem(actor, id, { item: key, to: "not-applicable", reason }, ifRevision);
    return replyChanged(actor, id);
  },
});

export const assignItemEndpoint = defineEndpoint({
  id: "assignItem",
  method: "PUT",
  path: "/deployments/{id}/items/{key}/owner",
  summary: "Give an item to somebody, or to nobody",
  description:
    "A team lead gives any item to anybody who may tick it; an engineer takes one, or gives on a free one or their own.",
  tag: TAG,
  action: "item.assign",
  params: itemParams,
  query: none,
  body: z.strictObject({ ownerId: recordId.nullable() }),
  response: changed,
  handle: async ({ actor, params: { id, key }, body: { ownerId }, ifRevision }) => {
    await assignItems(actor, { deploymentId: id, ifRevision, items: [key], ownerId });
    return replyChanged(actor, id);
  },
});

export const setItemDueEndpoint = defineEndpoint({
  id: "setItemDue",
  method: "PUT",
  path: "/deployments/{id}/items/{key}/due",
  summary: "Set when an item is due",
  description: "With null its phase says it again, from the deployment's date.",
  tag: TAG,
  action: "item.set-due",
  params: itemParams,
  query: none,
  body: z.strictObject({ dueAt: instant().nullable() }),
  response: changed,
  handle: async ({ actor, params: { id, key }, body: { dueAt }, ifRevision }) => {
    await setItemsDue(actor, { deploymentId: id, ifRevision, items: [key], dueAt });
    return replyChanged(actor, id);
  },
});

const judged = z.object({
  item: z.string(),
  evidenceId: z.uuid(),
  verdict,
  summary: z.string(),
  settled: z.boolean().describe("Whether the item is ticked now"),
});

const uploadQuery = z.object({
  checker: checkerKey.optional().describe("The checker that judges the uploaded report"),
  label: reportLabel.optional().describe("Which of several reports, such as unit or e2e"),
  name: z.string().max(200).optional().describe("The file's name"),
});

export const addEvidenceEndpoint = defineEndpoint({
  id: "addEvidence",
  method: "POST",
  path: "/deployments/{id}/items/{key}/evidence",
  summary: "Add evidence to an item",
  description:
    "JSON records a note, a link, a measured value, a time or dates of rotation. With `checker` in the query the body is a report, judged at once: a pass ticks the item. With `name` alone it is a file.",
  tag: TAG,
  action: "evidence.add",
  params: itemParams,
  query: uploadQuery,
  body: evidenceContent,
  upload: { bytes: FILE_BYTES, when: ({ checker, name }) => checker !== undefined || name !== undefined },
  response: z.object({ evidenceId: z.uuid(), verdicts: z.array(judged) }),
  status: 201,
  handle: async ({ actor, params, query: { checker, label, name }, body, upload, newId, ifRevision }) => {
    const ref = { deploymentId: params.id, item: params.key, ifRevision };
    if (checker !== undefined) {
      const report = { ...ref, checker, label, name: name ?? checker, bytes: upload };
      const verdicts = await addReport(actor, valid(addReportInput, report), newId);
      return { body: { evidenceId: verdicts[0]?.evidenceId ?? newId, verdicts } };
    }
    const evidenceId =
      name === undefined
        ? await inBody("content", async () =>
            addEvidence(actor, valid(evidenceInput, { ...ref, content: body }), newId),
          )
        : await addFile(actor, valid(addFileInput, { ...ref, name, bytes: upload }), newId);
    return { body: { evidenceId, verdicts: [] } };
  },
});

export const addReportEndpoint = defineEndpoint({
  id: "addReport",
  method: "POST",
  path: "/deployments/{id}/reports",
  summary: "Upload a report",
  description: "Judges one report for every item of the open phase that takes it; each pass ticks its item.",
  tag: TAG,
  action: "evidence.add",
  params: idParams,
  query: uploadQuery.required({ checker: true }),
  body: null,
  upload: { bytes: FILE_BYTES, when: () => true },
  response: z.object({ verdicts: z.array(judged) }),
  status: 201,
  handle: async ({ actor, params: { id }, query: { checker, label, name }, upload, newId, ifRevision }) => {
    const report = { deploymentId: id, ifRevision, checker, label, name: name ?? checker, bytes: upload };
    return { body: { verdicts: await addReport(actor, valid(addReportInput, report), newId) } };
  },
});

export const runCheckEndpoint = defineEndpoint({
  id: "runCheck",
  method: "POST",
  path: "/deployments/{id}/items/{key}/check",
  summary: "Run an item's live checks now",
  tag: TAG,
  action: "checks.run",
  params: itemParams,
  query: none,
  body: null,
  response: z.object({
    verdicts: z.array(z.object({ checker: z.string(), title: z.string(), verdict, summary: z.string() })),
  }),
  handle: async ({ actor, params: { id, key }, newId }) => {
    const verdicts = await runCheck(actor, { deploymentId: id, item: key }, newId);
    return {
      body: {
        verdicts: verdicts.map(({ checker, title, verdict: said, summary }) => ({
          checker,
          title,
          verdict: said,
          summary,
        })),
      },
    };
  },
});
