import type { Command } from "./command.ts";
import { bundle } from "./commands/bundle.ts";
import { evidence } from "./commands/evidence.ts";
import { gate } from "./commands/gate.ts";
import { open } from "./commands/open.ts";
import { complete, start } from "./commands/phases.ts";
import { report } from "./commands/report.ts";
import { status } from "./commands/status.ts";
import { verify } from "./commands/verify.ts";
import { check, tick, waive } from "./commands/items.ts";

export const COMMANDS: readonly Command[] = [
  open,
  evidence,
  report,
  tick,
  waive,
  check,
  start,
  complete,
  gate,
  status,
  bundle,
  verify,
];
