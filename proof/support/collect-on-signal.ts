// Loaded into each process of a server whose memory is measured: SIGUSR2 collects its garbage, and
// a file in the folder named by the environment then says how many bytes live on.
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");
const folder = process.env.COUNTERSIGN_LIVING_BYTES;

process.on("SIGUSR2", () => {
  if (typeof collect !== "function" || folder === undefined) throw new Error("nothing to measure by");
  // As when nothing else is left to try: weakly held objects go too.
  collect({ type: "major", execution: "sync", flavor: "last-resort" });
  const { heapUsed, external } = process.memoryUsage();
  const file = join(folder, String(process.pid));
  writeFileSync(`${file}.part`, String(heapUsed + external));
  renameSync(`${file}.part`, file);
});
