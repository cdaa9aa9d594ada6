import { createReadStream, createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { dump } from "../database/dump.ts";
import { loadDump } from "../database/load-dump.ts";
import { PlainFailure } from "../runtime/plain-failure.ts";

/** Writes a backup, compressed; a file of that name stands only once it is whole. */
export async function backup(ownerUrl: string, file: string): Promise<void> {
  const began = Date.now();
  const draft = `${file}.part`;
  const gzip = createGzip();
  const out = createWriteStream(draft, { mode: 0o600 });
  gzip.pipe(out);
  const { tables, rows } = await dump(ownerUrl, gzip);
  gzip.end();
  await finished(out);
  await rename(draft, file);
  say(`${rows} rows of ${tables} tables written to ${file} in ${seconds(began)} s`);
}

/** Restores a backup into an empty installation. */
export async function restore(ownerUrl: string, file: string): Promise<void> {
  const began = Date.now();
  const unzipped = createGunzip();
  createReadStream(file)
    .on("error", (error) => unzipped.destroy(error))
    .pipe(unzipped);
  try {
    const { tables, rows } = await loadDump(ownerUrl, unzipped);
    say(
      `${rows} rows of ${tables} tables restored from ${file} in ${seconds(began)} s; now run verify-history`,
    );
  } catch (error) {
    if (error instanceof Error && "code" in error && /^(ENOENT|EACCES|Z_|ERR_)/.test(String(error.code)))
      throw new PlainFailure(`${file} cannot be read: ${error.message}`);
    throw error;
  }
}

function seconds(began: number): string {
  return ((Date.now() - began) / 1_000).toFixed(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
