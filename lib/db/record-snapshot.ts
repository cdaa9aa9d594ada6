import type { StoredFile } from "#lib/domain/evidence.ts";
import { boardColumns, type BoardColumns } from "./board-columns.ts";
import { BrokenRow } from "./column-groups.ts";
import { storedFilesIn } from "./files.ts";
import { loadDeployment, type LoadedDeployment } from "./load-deployment.ts";
import { streamIn, type Stream } from "./read-stream.ts";
import { inSnapshot } from "./transaction.ts";

/** A stream and all that tables hold of its record, as they stood at one moment. */
export type RecordSnapshot = {
  readonly stream: Stream;
  /** Null when there is no record, as for the installation. */
  readonly loaded: LoadedDeployment | BrokenRow | null;
  readonly board: BoardColumns | null;
  readonly files: readonly StoredFile[];
};

/** Reads them so, however often others change the record meanwhile. */
export async function readSnapshot(id: string): Promise<RecordSnapshot> {
  return inSnapshot(async (client) => ({
    stream: await streamIn(client, id),
    loaded: await loadDeployment(id, { fresh: true, client }).catch(broken),
    board: await boardColumns(client, id),
    files: await storedFilesIn(client, id),
  }));
}

function broken(error: unknown): BrokenRow {
  if (error instanceof BrokenRow) return error;
  throw error;
}
