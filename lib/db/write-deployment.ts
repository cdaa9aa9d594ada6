import type { Change } from "#lib/domain/change.ts";
import type { Deployment } from "#lib/domain/deployment.ts";
import { changedRows, openedRows, type ChangedRows } from "./deployment-rows.ts";
import { chain, type ChainedEvent } from "./event-chain.ts";
import type { LoadedDeployment } from "./load-deployment.ts";
import { changeStatement, type Head } from "./change-statement.ts";
import { fileValues, type NewFile } from "./files.ts";
import { pool } from "./pool.ts";

/**
 * Writes a change, its events and the file they name, if the record is still at the revision it was
 * decided on.
 */
export async function writeChange(
  { deployment: before, headHash }: LoadedDeployment,
  { after, events }: Change,
  file: NewFile | null,
): Promise<boolean> {
  const last = events.at(-1);
  if (last === undefined) return true;
  const rows = changedRows(before, after, last.at);
  const stored = file === null ? null : fileValues(file, last.at);
  return write("change", before.revision, after, rows, chain(before.id, headHash, events), stored);
}

/**
 * Writes a record that has just been opened, its service with it where that is new. Fails on a
 * foreign key when somebody else made a service of that name in the meantime.
 */
export async function writeOpened({ after, events }: Change): Promise<void> {
  const rows = openedRows(after, after.opened.at);
  await write("open", 0, after, rows, chain(after.id, null, events), null);
}

async function write(
  head: Head,
  fromRevision: number,
  after: Deployment,
  changed: ChangedRows,
  events: readonly ChainedEvent[],
  file: readonly unknown[] | null,
): Promise<boolean> {
  const deployment = { ...changed.deployment, revision: after.revision, head_hash: events.at(-1)?.hash };
  const { rows } = await pool().query<{ count: number }>({
    ...changeStatement(head, changed, file !== null),
    values: [after.id, fromRevision, JSON.stringify({ ...changed, deployment, events }), ...(file ?? [])],
  });
  return rows[0]?.count === 1;
}
