import type { Actor } from "#lib/domain/actor.ts";
import { may, seesAsAuditor } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { noteAccess } from "#lib/db/access-log.ts";
import { findFile, readContent, type FileOfRecord } from "#lib/db/files.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";

/** A file whose bytes come as its reader takes them. */
export type FileToServe = FileOfRecord & { readonly content: AsyncIterable<Uint8Array> };

/** A file that the caller may see with its deployment. Rejects with `not-found`. */
export async function getFile(actor: Actor, id: string): Promise<FileToServe> {
  const file = await findFile(id);
  const loaded = file === null ? null : await loadDeployment(file.deploymentId);
  if (file === null || loaded === null || !may(actor, "deployment.view", loaded.deployment.teamId)) {
    throw new Rejection("not-found", "There is no such file");
  }
  const { teamId } = loaded.deployment;
  if (seesAsAuditor(actor, teamId)) {
    const record = { id: file.deploymentId, teamId };
    await noteAccess(actor, { act: "opened", subject: `file ${file.name}`, record });
  }
  return { ...file, content: readContent(file) };
}
