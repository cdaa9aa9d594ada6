import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where state lives: `.data`, or what `COUNTERSIGN_DATA_DIR` names. */
export function dataDirectory(): string {
  return resolve(ROOT, process.env.COUNTERSIGN_DATA_DIR ?? ".data");
}

/** The file of the installation's signing key: `signing-key` in the data folder, or what `COUNTERSIGN_SIGNING_KEY` names. */
export function signingKeyPath(dataDir: string): string {
  return resolve(ROOT, process.env.COUNTERSIGN_SIGNING_KEY ?? join(dataDir, "signing-key"));
}

export function binary(name: string): string {
  return join(ROOT, "node_modules", ".bin", name);
}
