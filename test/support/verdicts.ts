import type { Actor } from "#lib/domain/actor.ts";
import { verifyBundle } from "#lib/proof/verify-bundle.ts";
import { makeBundle } from "#lib/services/bundles.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";

type Pin = Parameters<typeof verifyBundle>[2];

/** A record's bundle, whole. */
export async function bundleOf(actor: Actor, id: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await makeBundle(actor, id)).chunks) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What the offline verifier says of a bundle. */
export function verdictOn(bundle: Buffer, pin: Pin = null): ReturnType<typeof verifyBundle> {
  return verifyBundle((offset, length) => bundle.subarray(offset, offset + length), bundle.length, pin);
}

/** The flaw that the verification finds in a record; null when there is none. */
export async function flawOf(id: string) {
  const { flaws } = await verifyHistory({ scope: { kind: "deployment", deploymentId: id } });
  return flaws.find(({ stream }) => stream === id) ?? null;
}
