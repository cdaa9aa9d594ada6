import { spawnSync } from "node:child_process";
import { judgeAudit } from "./audit/judge-audit.ts";
import { ROOT } from "./runtime/paths.ts";

// Known vulnerabilities in what runs in production; CI runs it. It ends with 0 only when the registry
// was asked and answered (`judgeAudit` says what 1 and 2 are).
const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
  cwd: ROOT,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
});
const { exitCode, lines } = judgeAudit(stdout);
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = exitCode;
