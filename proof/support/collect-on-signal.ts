// Loaded into each process of a server whose memory is measured: SIGUSR2 collects its garbage.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

process.on("SIGUSR2", () => {
  if (typeof collect !== "function") throw new Error("V8 has no gc");
  // As when nothing else is left to try: weakly held objects and empty pages go too.
  collect({ type: "major", execution: "sync", flavor: "last-resort" });
});
