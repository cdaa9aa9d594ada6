import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlainFailure } from "./plain-failure.ts";

/**
 * Takes the data folder for this process, and answers with the way to give it back. A folder whose
 * holder was killed is free. Rejects while another run holds it.
 */
export function lockDataDirectory(dataDir: string): () => void {
  const path = join(dataDir, "lock");
  prepare(dataDir);
  for (;;) {
    if (tryLock(path)) return () => rmSync(path, { force: true });
    const holder = Number(readFileSync(path, "utf8"));
    if (isRunning(holder)) {
      throw new PlainFailure(
        `The data folder ${dataDir} is in use by another run (process ${holder}). Stop that one, or set COUNTERSIGN_DATA_DIR to another folder.`,
      );
    }
    rmSync(path, { force: true });
  }
}

function prepare(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, ".writable"), "");
    rmSync(join(dataDir, ".writable"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PlainFailure(
      `The data folder ${dataDir} cannot be written (${why}). Set COUNTERSIGN_DATA_DIR to one that can.`,
    );
  }
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

// A number alone may belong to some other program by now, where the system tells us.
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("scripts");
  } catch {
    return process.platform !== "linux";
  }
}
