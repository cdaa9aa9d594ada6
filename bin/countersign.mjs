#!/usr/bin/env node
// The built program; `npm start` builds it, and so does `npm run build:cli`.
import { existsSync } from "node:fs";

const built = new URL("../dist/countersign.mjs", import.meta.url);
if (!existsSync(built)) {
  process.stderr.write("The program is not built yet: run `npm run build:cli` once.\n");
  process.exit(3);
}
await import(built.href);
