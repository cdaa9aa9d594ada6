import { writeFileSync } from "node:fs";

// Says into a file when it began and when it was asked to stop, as a server that has things to close.
const [file = ""] = process.argv.slice(2);
const wait = setInterval(() => undefined, 1_000);
process.once("SIGTERM", () => {
  clearInterval(wait);
  writeFileSync(file, "stopped");
});
writeFileSync(file, "running");
