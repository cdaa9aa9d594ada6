import type { DeploymentEvent } from "./events.ts";
import type { StoredFile } from "./evidence.ts";

/** The file that an event names by its digest; null when it names none. */
export function fileNamedBy(event: DeploymentEvent): StoredFile | null {
  if (event.type !== "evidence.added") return null;
  const { content } = event.data;
  if (content.kind === "check") return content.report;
  if (content.kind !== "file") return null;
  const { fileId, name, mediaType, bytes, sha256 } = content;
  return { fileId, name, mediaType, bytes, sha256 };
}
