import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A clock that this process's services read, and that can be set to any moment. */
export function movableClock() {
  const folder = mkdtempSync(join(tmpdir(), "countersign-clock-"));
  const file = join(folder, "offset");
  let offset = 0;
  const write = (milliseconds: number) => {
    offset = milliseconds;
    writeFileSync(file, String(milliseconds));
  };
  write(0);
  process.env.COUNTERSIGN_CLOCK_FILE = file;
  return {
    /** The moment it shows. */
    now: () => new Date(Date.now() + offset),
    set: (moment: Date) => write(moment.getTime() - Date.now()),
    advance: (milliseconds: number) => write(offset + milliseconds),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export type MovableClock = ReturnType<typeof movableClock>;
