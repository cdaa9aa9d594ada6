import type { DeploymentEvent } from "./events.ts";
import type { EvidenceContent, StoredFile } from "./evidence.ts";

/** The file that an event names by its digest; null when it names none. */
export function fileNamedBy(event: DeploymentEvent): StoredFile | null {
  return event.type === "evidence.added" ? fileIn(event.data.content) : null;
}

/** The file of a piece of evidence; null when it has none. */
export function fileIn(content: EvidenceContent): StoredFile | null {
  if (content.kind === "check") return content.report;
  if (content.kind !== "file") return null;
  const { fileId, name, mediaType, bytes, sha256 } = content;
  return { fileId, name, mediaType, bytes, sha256 };
}
