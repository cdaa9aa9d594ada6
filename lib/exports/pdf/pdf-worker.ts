import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import type { RecordToExport } from "#lib/queries/export-record.ts";

// Node reads TypeScript as it stands, but no JSX.
registerHooks({
  load(url, context, next) {
    if (!url.endsWith(".tsx")) return next(url, context);
    const { code } = transformSync(readFileSync(fileURLToPath(url), "utf8"), {
      loader: "tsx",
      jsx: "automatic",
    });
    return { format: "module", source: code, shortCircuit: true };
  },
});

const { recordPdf } = await import("./record-pdf.tsx");

/** What the thread of documents runs. */
export default async function set(record: RecordToExport): Promise<Uint8Array<ArrayBuffer>> {
  return recordPdf(record);
}
