import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/domain/actor.ts";
import {
  addEvidence as evidenceAdded,
  overruleVerdict as verdictOverruled,
} from "#lib/domain/checklist-items.ts";
import type { AddFileInput, OverruleInput } from "#lib/domain/inputs/evidence.ts";
import type { EvidenceInput } from "#lib/domain/inputs/checklist-items.ts";
import { changeDeployment } from "#lib/db/change-deployment.ts";
import { newFile, storedFile } from "#lib/db/files.ts";
import { changeChecklist } from "./change-checklist.ts";
import { mediaTypeOf } from "./media-type.ts";

/**
 * Records evidence on an item of the open phase, and answers with its id. A repeat with the same id
 * changes nothing.
 */
export async function addEvidence(
  actor: Actor,
  { item, content, ...ref }: EvidenceInput,
  id: string = randomUUID(),
): Promise<string> {
  await changeChecklist(actor, ref, "evidence.add", () => [evidenceAdded(item, id, content)]);
  return id;
}

/** Records a file on an item of the open phase; its bytes and its event are written together. */
export async function addFile(
  actor: Actor,
  { item, name, bytes, ...ref }: AddFileInput,
  id: string = randomUUID(),
): Promise<string> {
  const file = newFile(id, name, await mediaTypeOf(bytes), Buffer.from(bytes));
  const content = { kind: "file" as const, ...storedFile(file) };
  await changeChecklist(actor, ref, "evidence.add", () => [evidenceAdded(item, id, content)], { file });
  return id;
}

/** A team lead lets a machine's verdict count as a pass, visibly and with a reason. */
export async function overruleVerdict(
  actor: Actor,
  { evidenceId, reason, ...ref }: OverruleInput,
): Promise<void> {
  await changeDeployment(actor, ref, "verdict.overrule", () => [verdictOverruled(evidenceId, reason)]);
}
