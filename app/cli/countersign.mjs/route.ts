import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { problem } from "#lib/api/problem.ts";

// The program that belongs to this very server: a pipeline needs `curl` and `node`, and no version to pin.
const FILE = join(process.cwd(), "dist", "countersign.mjs");

export async function GET(): Promise<Response> {
  try {
    return new Response(await readFile(FILE), {
      headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "public, max-age=300" },
    });
  } catch {
    return problem(404, "not-found", "The command-line program is not built here");
  }
}
