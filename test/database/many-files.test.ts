import { Client } from "pg";
import { beforeAll, expect, test } from "vitest";
import { isTrueOfItsBytes, storedFilesIn } from "#lib/db/files.ts";
import { inSnapshot } from "#lib/db/transaction.ts";
import { pool } from "#lib/db/pool.ts";
import { urlFor } from "#test/support/database.ts";
import { makeTeam, openRecord } from "#test/support/factories.ts";

const FILES = 40;
const FILE_BYTES = 5 * 1024 * 1024;

let id: string;

beforeAll(async () => {
  id = await openRecord(await makeTeam());
  const client = new Client({ connectionString: urlFor("superuser") });
  await client.connect();
  await client.query(
    `INSERT INTO files (id, deployment_id, name, media_type, bytes, sha256, content, stored_at)
     SELECT gen_random_uuid(), $1, 'file ' || n, 'text/plain', octet_length(c), encode(sha256(c), 'hex'), c, now()
       FROM generate_series(1, $2::int) n, convert_to(repeat(chr(64 + n), $3), 'UTF8') c`,
    [id, FILES, FILE_BYTES],
  );
  await client.end();
});

test("no statement reads the bytes of more than one file, so that none is cut for their number", async () => {
  const times: number[] = [];
  for (let time = 0; time < 3; time += 1) {
    const began = performance.now();
    await pool().query("SELECT sha256(content) FROM files WHERE deployment_id = $1", [id]);
    times.push(performance.now() - began);
  }
  await pool().query(`SET statement_timeout = ${Math.ceil(Math.min(...times) / 2)}`);
  const files = await inSnapshot(async (client) => storedFilesIn(client, id));
  const untrue: string[] = [];
  for (const { fileId } of files) if (!(await isTrueOfItsBytes(fileId))) untrue.push(fileId);
  await pool().query("RESET statement_timeout");
  expect(files).toHaveLength(FILES);
  expect(untrue).toEqual([]);
});
