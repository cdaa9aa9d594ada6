import * as z from "zod/mini";
import { unlawfulRemoval, type Shell, type Stone } from "#lib/domain/stones.ts";
import { inChain } from "./bundle-events.ts";
import type { BundleFlaw, OpenedEvent } from "./bundle-flaw.ts";
import type { BundledEvent, BundleManifest } from "./bundle-manifest.ts";
import { sha256 } from "./canonical-json.ts";
import { provesInclusion } from "./check-tree.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { parseBody } from "./event-flaw.ts";
import { isInstant } from "./instant.ts";
import { hashOfLeaf } from "./log-leaf.ts";
import { isUnwieldy } from "./unwieldy-json.ts";
import { shellFlaw, shellsDigest } from "./shell-flaw.ts";

const uuid = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
const count = z.int().check(z.nonnegative());
const instant = z.string().check(z.refine(isInstant));

const shell = z.strictObject({
  actor: z.strictObject({ id: z.string() }),
  at: instant,
  format: z.literal(1),
  prev: z.nullable(z.string()),
  removed: count,
  seq: count,
  stream: z.string(),
  type: z.string(),
});

const stone = z.object({
  stream: uuid,
  seq: count,
  format: z.literal(1),
  type: z.literal("retention.content-removed"),
  at: instant,
  actor: z.object({ id: z.string(), name: z.string() }),
  data: z.object({
    deployment: z.string(),
    service: z.string(),
    version: z.string(),
    endedAt: instant,
    events: count,
    headHash: z.string(),
    shells: z.string(),
    kept: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
    retentionDays: z.int().check(z.minimum(30), z.maximum(36_500)),
    policy: z.enum(["by-the-clock", "by-hand"]),
  }),
});

/** A removal as its stone tells it, and who or what it says to have removed. */
export type OpenedStone = Stone & { readonly by: { readonly id: string; readonly name: string } };

/** What is left of a record whose content was removed: each event's place, time, type and person; or the first flaw. */
export function openShells(
  manifest: BundleManifest,
  { seq: stoneSeq }: BundledEvent,
): readonly OpenedEvent[] | BundleFlaw {
  return inChain(manifest, (place, event) => {
    const flaw = isUnwieldy(event.body) ? FORM : shellFlaw(place, event, stoneSeq);
    if (flaw !== null) return { ...flaw, seq: place.seq };
    const entry = shell.safeParse(parseBody(event.body));
    if (!entry.success) return { ...FORM, seq: place.seq };
    const { type, at, actor } = entry.data;
    return { seq: place.seq, type, at, actor: { ...actor, name: "" }, data: {} };
  });
}

const FORM = { code: "event-form", message: "its text is not what a removal leaves of an event" } as const;

/**
 * The stone of a record whose content was removed; or what is wrong with it: its own text and place in
 * the log, what it tells of what is left, and whether the removal was lawful by it.
 */
export function openStone(
  { deployment, head, events, signed }: BundleManifest,
  given: BundledEvent,
  { size, root }: Checkpoint,
): OpenedStone | BundleFlaw {
  const flaw = (message: string): BundleFlaw => ({ code: "stone", seq: null, message });
  if (isUnwieldy(given.body) || sha256(given.body) !== given.hash)
    return flaw("the stone's text and its hash differ");
  const opened = stone.safeParse(parseBody(given.body));
  if (!opened.success || opened.data.seq !== given.seq) return flaw("its stone is not one");
  const { stream, seq, at, actor, data } = opened.data;
  const proof = given.proof.map((sibling) => Buffer.from(sibling, "hex"));
  if (!provesInclusion(hashOfLeaf({ stream, seq, hash: given.hash }), given.leaf, size, proof, root))
    return flaw("the checkpoint does not cover its stone");
  const bodies = events.map(({ body }) => body);
  if (data.deployment !== deployment || data.headHash !== head.hash || data.shells !== shellsDigest(bodies))
    return flaw("its stone tells of something else than is left");
  const told = { ...data, seq, at };
  const unlawful = unlawfulRemoval(told, bodies.map(shellFrom), data.retentionDays);
  if (unlawful !== null) return flaw(unlawful);
  if (signed.length > 0)
    return { code: "signed-content", seq: null, message: "a content is there that no signature is left of" };
  return { ...told, by: actor };
}

// `openShells` has held each against its form.
function shellFrom(body: string): Shell {
  return JSON.parse(body) as Shell;
}
