import { createHash } from "node:crypto";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";

/**
 * The record's revision, which `If-Match` names, and a digest of the whole view but its moment: a
 * view also changes by the clock, by who asks, and by what happens beside the record.
 */
export function entityTag({ now: _moment, ...view }: DeploymentView): string {
  const digest = createHash("sha256").update(JSON.stringify(view)).digest("base64url").slice(0, 16);
  return `W/"${view.revision}-${digest}"`;
}
