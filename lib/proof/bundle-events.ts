import type { BundleFlaw, OpenedEvent } from "./bundle-flaw.ts";
import type { BundledEvent, BundleManifest } from "./bundle-manifest.ts";
import { provesInclusion } from "./check-tree.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { openAt, type EventPlace } from "./event-flaw.ts";
import { hashOfLeaf } from "./log-leaf.ts";

/** The chain from its first event to the head that the manifest names, opened; or the first flaw. */
export function openEvents(manifest: BundleManifest): readonly OpenedEvent[] | BundleFlaw {
  return inChain(manifest, openEvent);
}

/** Each event opened at its place, up to the head that the manifest names; or the first flaw. */
export function inChain(
  { deployment, events, head }: BundleManifest,
  open: (place: EventPlace, event: BundledEvent) => OpenedEvent | BundleFlaw,
): readonly OpenedEvent[] | BundleFlaw {
  const opened: OpenedEvent[] = [];
  let prev: string | null = null;
  for (const [index, event] of events.entries()) {
    const one = open({ stream: deployment, seq: index + 1, prev }, event);
    if ("code" in one) return one;
    opened.push(one);
    prev = event.hash;
  }
  if (events.length === head.seq && prev === head.hash) return opened;
  const message =
    events.length === head.seq
      ? "the history ends with another hash than the manifest names"
      : `the history has ${events.length} events, the manifest counts ${head.seq}`;
  return { code: "head", seq: null, message };
}

function openEvent(place: EventPlace, event: BundledEvent): OpenedEvent | BundleFlaw {
  return { seq: place.seq, ...openAt(place, event) };
}

/** The first event that the checkpoint does not cover; null when it covers all. */
export function inclusionFlaw(
  { deployment, events }: BundleManifest,
  { size, root, at }: Checkpoint,
): BundleFlaw | null {
  const outsider = events.find(({ seq, hash, leaf, proof }) => {
    const hashes = proof.map((sibling) => Buffer.from(sibling, "hex"));
    return !provesInclusion(hashOfLeaf({ stream: deployment, seq, hash }), leaf, size, hashes, root);
  });
  return outsider === undefined
    ? null
    : { code: "inclusion", seq: outsider.seq, message: `the checkpoint of ${at} does not cover it` };
}
