import type { Actor } from "#lib/domain/actor.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import type { StoredFile } from "#lib/domain/evidence.ts";
import { fileNamedBy } from "#lib/domain/named-files.ts";
import { may } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import type { Shell } from "#lib/domain/stones.ts";
import { noteAccess } from "#lib/db/access-log.ts";
import { firstSignedAbove } from "#lib/db/checkpoints.ts";
import { findFile, readContent } from "#lib/db/files.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { readTree } from "#lib/db/log-nodes.ts";
import { pool } from "#lib/db/pool.ts";
import { readStream, type Stream } from "#lib/db/read-stream.ts";
import { readStone } from "#lib/db/stones.ts";
import { BUNDLE_FORMAT, MANIFEST_BYTES, type BundleManifest } from "#lib/proof/bundle-manifest.ts";
import { signManifest } from "#lib/proof/bundle-note.ts";
import { canonicalText } from "#lib/proof/canonical-json.ts";
import { inclusionProof, type NodeReader } from "#lib/proof/merkle-tree.ts";
import { writeBundle } from "#lib/proof/write-bundle.ts";
import { signingKey } from "#lib/signing-key.ts";
import { sealHistory } from "./seal-history.ts";
import { HistoryLost, refuseAnotherPast } from "./signed-log.ts";
import { signedTexts } from "./signed-texts.ts";

/** What the files of one bundle may have together: a ZIP without extensions holds no more. */
const MOST_BYTES = 3 * 1024 ** 3;

export type Bundle = {
  readonly name: string;
  /** The ZIP, a slice at a time. */
  readonly chunks: AsyncIterable<Uint8Array>;
};

/**
 * One deployment as a signed file that anybody checks offline (docs/bundle-format.md). Seals what the
 * log lacks first, and takes the first checkpoint that covers the record: as long as it stands still,
 * every bundle of it is the same. Where retention has removed its content, the bundle holds what is left
 * and the stone. Noted in the access log. Rejects with `not-found`, `too-large` or `history-lost`.
 */
export async function makeBundle(actor: Actor, deploymentId: string): Promise<Bundle> {
  const loaded = await loadDeployment(deploymentId);
  if (loaded === null || !may(actor, "deployment.view", loaded.deployment.teamId))
    throw new Rejection("not-found", "There is no such deployment");
  const { teamId, service, details } = loaded.deployment;
  await noteAccess(actor, {
    act: "exported",
    subject: "signed bundle",
    record: { id: deploymentId, teamId },
  });
  await historyLostAsRefusal(sealHistory);
  const stream = await readStream(deploymentId);
  const { events, stone } = await opened(stream);
  const files = filesIn(events);
  const manifest = Buffer.from(canonicalText(await manifestOf(deploymentId, stream, events, files, stone)));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (manifest.length > MANIFEST_BYTES || bytes > MOST_BYTES)
    throw new Rejection("too-large", "This record is larger than a bundle can be");
  return {
    name: `${[service.name, details.version, deploymentId.slice(0, 8)].join("-").replace(/[^\w.-]+/g, "_")}.countersign.zip`,
    chunks: writeBundle(manifest, signManifest(deploymentId, manifest, signingKey()), contentsOf(files)),
  };
}

async function historyLostAsRefusal(task: () => Promise<unknown>): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (!(error instanceof HistoryLost)) throw error;
    throw new Rejection(
      "history-lost",
      "The history does not continue what was signed last, so nothing is signed until it has been looked into",
    );
  }
}

/** What the logged events say; of a record whose content was removed, the stone instead. */
async function opened({ events, logged }: Stream): Promise<Opened> {
  const bodies = events.slice(0, logged.length).map(({ body }) => eventFrom(body));
  const [first] = bodies;
  if (first === undefined || !("removed" in first)) return { events: bodies, stone: null };
  const { removed } = first;
  let stone = await readStone(removed);
  if (stone === null) {
    // It was set since we sealed.
    await historyLostAsRefusal(sealHistory);
    stone = await readStone(removed);
  }
  if (stone === null) throw new Error(`stone ${removed} is not in the log`);
  return { events: [], stone };
}

type Opened = {
  readonly events: readonly DeploymentEvent[];
  readonly stone: Awaited<ReturnType<typeof readStone>>;
};

async function manifestOf(
  deployment: string,
  { events, logged }: Stream,
  opened: readonly DeploymentEvent[],
  files: readonly StoredFile[],
  stone: Opened["stone"],
): Promise<BundleManifest> {
  const indexes = [...logged.map(({ index }) => index), ...(stone === null ? [] : [stone.index])];
  const checkpoint = await firstSignedAbove(pool(), signingKey(), Math.max(0, ...indexes));
  const head = events[logged.length - 1];
  if (checkpoint === null || head === undefined) throw new Error(`${deployment} is not in the log`);
  // The key has signed no other log than this one; a head that the database kept to itself would be one.
  await historyLostAsRefusal(async () => refuseAnotherPast(pool(), checkpoint));
  const prove = indexes.map((index) => (read: NodeReader) => inclusionProof(index, checkpoint.size, read));
  const read = await readTree(pool(), ...prove);
  const proofs = prove.map((proof) => proof(read).map((hash) => hash.toString("hex")));
  return {
    format: BUNDLE_FORMAT,
    deployment,
    key: signingKey().text,
    checkpoint: checkpoint.note,
    head: { seq: head.seq, hash: head.hash },
    events: logged.map(({ index: leaf, seq }, place) => ({
      seq,
      body: events[place]?.body ?? "",
      hash: events[place]?.hash ?? "",
      leaf,
      proof: proofs[place] ?? [],
    })),
    ...(stone && {
      stone: {
        seq: stone.seq,
        body: stone.body,
        hash: stone.hash,
        leaf: stone.index,
        proof: proofs.at(-1) ?? [],
      },
    }),
    signed: [...signedTexts(deployment, opened)],
    files: files.map(({ fileId, sha256 }) => ({ path: pathOf(fileId), sha256 })),
  };
}

function filesIn(events: readonly DeploymentEvent[]): readonly StoredFile[] {
  const named = events.map(fileNamedBy).filter((file) => file !== null);
  const byId = new Map(named.map((file) => [file.fileId, file]));
  return [...byId.values()].toSorted((a, b) => (a.fileId < b.fileId ? -1 : 1));
}

// A file that is gone is left out; whoever verifies the bundle learns which.
async function* contentsOf(files: readonly StoredFile[]) {
  for (const { fileId } of files) {
    const file = await findFile(fileId);
    if (file !== null) yield { path: pathOf(fileId), content: readContent(file) };
  }
}

function pathOf(fileId: string): string {
  return `files/${fileId}`;
}

// The events were written by `chain`, or by the removal; whether they still are, the bundle's verifier says.
function eventFrom(body: string): DeploymentEvent | (DeploymentEvent & Pick<Shell, "removed">) {
  return JSON.parse(body) as DeploymentEvent;
}
