import { createHash } from "node:crypto";
import type { PoolClient } from "pg";
import type { StoredFile } from "#lib/domain/evidence.ts";
import { pool } from "./pool.ts";

/** A file on its way in. */
export type NewFile = StoredFile & { readonly content: Buffer };

export type FileOfRecord = StoredFile & { readonly deploymentId: string };

/** So many bytes of a file are in memory at once for a reader, however slowly they read. */
const SLICE_BYTES = 256 * 1024;

export function newFile(fileId: string, name: string, mediaType: string, content: Buffer): NewFile {
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { fileId, name, mediaType, bytes: content.length, sha256, content };
}

/** What is known of a file; null when there is none. */
export async function findFile(id: string): Promise<FileOfRecord | null> {
  const { rows } = await pool().query<FileOfRecord>({
    name: "find-file",
    text: `SELECT id AS "fileId", deployment_id AS "deploymentId", name, media_type AS "mediaType", bytes, sha256
             FROM files WHERE id = $1::uuid`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** A file's bytes, a slice at a time. Rejects when it is removed meanwhile. The one place that an object store would replace. */
export async function* readContent({ fileId, bytes }: StoredFile): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes; at += SLICE_BYTES) {
    const { rows } = await pool().query<{ slice: Buffer }>({
      name: "read-file-slice",
      text: "SELECT substring(content FROM $2 FOR $3) AS slice FROM files WHERE id = $1::uuid",
      values: [fileId, at + 1, SLICE_BYTES],
    });
    const [row] = rows;
    if (row === undefined) throw new Error(`file ${fileId} was removed while it was read`);
    yield row.slice;
  }
}

/** The parameters from $4 of the statement that writes a change with its file. */
export function fileValues(
  { fileId, name, mediaType, sha256, content }: NewFile,
  at: string,
): readonly unknown[] {
  return [fileId, name, mediaType, sha256, content, at];
}

/** What the history says of a file. */
export function storedFile({ fileId, name, mediaType, bytes, sha256 }: NewFile): StoredFile {
  return { fileId, name, mediaType, bytes, sha256 };
}

/** What is said of all files of a record. */
export async function storedFilesIn(
  client: PoolClient,
  deploymentId: string,
): Promise<readonly StoredFile[]> {
  const { rows } = await client.query<StoredFile>(
    `SELECT id AS "fileId", name, media_type AS "mediaType", bytes, sha256
       FROM files WHERE deployment_id = $1::uuid ORDER BY id`,
    [deploymentId],
  );
  return rows;
}

/** Whether a file's bytes are as many, and have the digest, as is said of it. */
export async function isTrueOfItsBytes(fileId: string): Promise<boolean> {
  const { rows } = await pool().query<{ isTrue: boolean | null }>({
    name: "is-file-true",
    text: `SELECT octet_length(content) = bytes AND encode(sha256(content), 'hex') = sha256 AS "isTrue"
             FROM files WHERE id = $1::uuid`,
    values: [fileId],
  });
  return rows[0]?.isTrue ?? false;
}
