import type { RequestClaim } from "#lib/domain/actor.ts";
import type { Change } from "#lib/domain/change.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changedRows, openedRows, type ChangedRows } from "./deployment-rows.ts";
import { chain, type ChainedEvent } from "./event-chain.ts";
import type { LoadedDeployment } from "./load-deployment.ts";
import { changeStatement, type Head } from "./change-statement.ts";
import { fileValues, type NewFile } from "./files.ts";
import { pool } from "./pool.ts";

/** What is written beside a change: the file that its events name, and that its request took effect. */
export type Beside = { readonly file: NewFile | null; readonly claim: RequestClaim | null };

/**
 * Writes a change, its events and what belongs beside it, if the record is still at the revision it was
 * decided on. Rejects with `request-in-progress` once another with the same claim took effect.
 */
export async function writeChange(
  { deployment: before, headHash }: LoadedDeployment,
  { after, events }: Change,
  { file, claim }: Beside,
): Promise<boolean> {
  const last = events.at(-1);
  if (last === undefined) return true;
  return write(claim === null ? "change" : "claimed", {
    fromRevision: before.revision,
    after,
    rows: changedRows(before, after, last.at),
    events: chain(before.id, headHash, events),
    file: file === null ? null : fileValues(file, last.at),
    claim,
  });
}

/**
 * Writes a record that has just been opened, its service with it where that is new. Fails on a
 * foreign key when somebody else made a service of that name in the meantime.
 */
export async function writeOpened({ after, events }: Change): Promise<void> {
  await write("open", {
    fromRevision: 0,
    after,
    rows: openedRows(after, after.opened.at),
    events: chain(after.id, null, events),
    file: null,
    claim: null,
  });
}

type Written = {
  readonly fromRevision: number;
  readonly after: Deployment;
  readonly rows: ChangedRows;
  readonly events: readonly ChainedEvent[];
  readonly file: readonly unknown[] | null;
  readonly claim: RequestClaim | null;
};

async function write(
  head: Head,
  { fromRevision, after, rows, events, file, claim }: Written,
): Promise<boolean> {
  const deployment = { ...rows.deployment, revision: after.revision, head_hash: events.at(-1)?.hash };
  const answer = await pool().query<{ count: number; claimed: boolean }>({
    ...changeStatement(head, rows, file !== null),
    values: [after.id, fromRevision, JSON.stringify({ ...rows, deployment, events, claim }), ...(file ?? [])],
  });
  const [written] = answer.rows;
  if (written?.claimed === false)
    throw new Rejection("request-in-progress", "A repeat of this request has taken effect; repeat it later");
  return written?.count === 1;
}
