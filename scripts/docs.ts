import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { GENERATED } from "./docs/generated.ts";
import { ROOT } from "./runtime/paths.ts";

// Writes the documents that are made from the code; `scripts/check-docs.ts` fails when they are old.
for (const [path, make] of Object.entries(GENERATED)) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), await make());
  process.stdout.write(`${path}\n`);
}
