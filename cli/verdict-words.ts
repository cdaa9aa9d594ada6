import { inMarks } from "#lib/domain/plain-text.ts";
import { field, textIn } from "#lib/proof/any-json.ts";
import type { OpenedEvent } from "#lib/proof/bundle-flaw.ts";
import { isSignature } from "#lib/proof/bundle-signatures.ts";
import type { OpenedStone } from "#lib/proof/bundle-stone.ts";
import { fingerprintOf } from "#lib/proof/note-keys.ts";
import { plainLine } from "#lib/proof/plain-line.ts";
import { signedContents } from "#lib/proof/signed-contents.ts";
import type { BundleVerdict, Pin } from "#lib/proof/verify-bundle.ts";
import { signatureLines } from "./signature-words.ts";

/** What a person reads: the verdict first, then what it rests on. Control characters are never passed on. */
export function wordsForVerdict(verdict: BundleVerdict, pin: Pin): string {
  if (verdict.verdict === "unreadable") return plainLine(`unreadable: ${verdict.message}`);
  if (verdict.verdict === "broken") {
    const place = verdict.seq === null ? "" : `event ${verdict.seq}: `;
    return plainLine(`broken: ${place}${verdict.message}`);
  }
  const { manifest, key, checkpoint, events, head, removed } = verdict;
  const opened = events[0]?.data;
  const service = removed?.service ?? textIn(field(opened, "service"), "name") ?? "";
  const version = removed?.version ?? versionAtEnd(events);
  const files = manifest.files.length;
  return [
    `whole${removed === null ? "" : ", without its content"}: ${inMarks(service)} ${inMarks(version)}, ${events.length} events, head ${head}`,
    `  record       ${manifest.deployment}, as it stood at event ${manifest.head.seq}, ${events.at(-1)?.at ?? ""}`,
    `  checkpoint   ${checkpoint.at}, over ${checkpoint.size} events of the installation`,
    ...(removed === null
      ? [
          `  files        ${files === 0 ? "none" : `${files}, each as it was recorded`}`,
          ...signatureLines(events, signedContents(manifest.signed)),
        ]
      : removalLines(removed, events)),
    `  key          ${key.name}, fingerprint ${fingerprintOf(key)}`,
    ...(pin === null ? UNPINNED : ["  key          the one that you gave"]),
  ]
    .map(plainLine)
    .join("\n");
}

function removalLines(
  { seq, at, endedAt, retentionDays, policy, by }: OpenedStone,
  events: readonly OpenedEvent[],
): readonly string[] {
  const signatures = events.filter(isSignature).length;
  return [
    `  removed      ${at}, ${policy === "by-hand" ? `by ${inMarks(by.name)}` : "by the clock"}; stone ${seq} of the installation tells of it`,
    `               ended ${endedAt}, retention span ${retentionDays} days, no legal hold`,
    `               What its ${events.length} events said is gone, ${signatures} signatures and all files among it.`,
    "               Proven is that there were these events, by their hashes, in this order. Their times,",
    "               types and people are as the installation left them when it removed the rest.",
  ];
}

const UNPINNED = [
  "  NOTE         Nobody but the bundle itself vouches for this key. Compare the fingerprint with one",
  "               that you know from elsewhere, or give it with --key or --fingerprint.",
];

// A record's details may change while it is open. They are read as signatures are held against them.
function versionAtEnd([first, ...rest]: readonly OpenedEvent[]): string {
  const changes = rest.filter(({ type }) => type === "deployment.details-changed");
  const told = [field(first?.data, "details"), ...changes.map(({ data }) => field(data, "to"))];
  return told.map((details) => textIn(details, "version")).findLast((version) => version !== undefined) ?? "";
}
