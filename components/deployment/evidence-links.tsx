import type { EvidenceContent, StoredFile } from "#lib/domain/evidence.ts";
import { formatBytes } from "./format-bytes.ts";

type Link = Extract<EvidenceContent, { kind: "link" }>;

/** Where a link of evidence leads, in a tab of its own. */
export function EvidenceLink({ link: { url, title } }: { link: Link }) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer noopener"
      className="inline-block max-w-full break-words underline decoration-line-strong underline-offset-2"
    >
      {title ?? url}
    </a>
  );
}

/** A file of evidence, to be taken out. */
export function FileLink({ file: { fileId, name, bytes } }: { file: StoredFile }) {
  return (
    <a href={`/api/v1/files/${fileId}`} download className="inline-flex max-w-full items-baseline gap-1.5">
      <span className="min-w-0 break-words underline decoration-line-strong underline-offset-2">{name}</span>
      <span className="text-sm whitespace-nowrap text-ink-faint">{formatBytes(bytes)}</span>
    </a>
  );
}
