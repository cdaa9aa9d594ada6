import { createHmac, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlainFailure } from "./plain-failure.ts";

/** The installation's secret: `COUNTERSIGN_SECRET`, or one made once and kept in the data folder. */
export function installationSecret(dataDir: string): string {
  const given = process.env.COUNTERSIGN_SECRET;
  if (given === undefined) return readFileSync(madeOnce(dataDir), "utf8");
  if (given.length < 32)
    throw new PlainFailure("COUNTERSIGN_SECRET is too short: give at least 32 characters.");
  return given;
}

/** A password of the installation's own for one purpose; the same secret gives the same password. */
export function derivedPassword(secret: string, purpose: string): string {
  return createHmac("sha256", secret).update(purpose).digest("hex");
}

function madeOnce(dataDir: string): string {
  const path = join(dataDir, "secret");
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(path, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return path;
}
