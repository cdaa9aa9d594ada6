import { problem } from "#lib/api/problem.ts";
import { missingMigrations } from "#lib/queries/missing-migrations.ts";

export const dynamic = "force-dynamic";

/** 200 only when the database answers and has every migration of this version. */
export async function GET(): Promise<Response> {
  try {
    const missing = await missingMigrations();
    if (missing.length > 0) return problem(503, "schema-behind", `The schema lacks: ${missing.join(", ")}`);
    return Response.json({ status: "ready" }, { headers: { "cache-control": "no-store" } });
  } catch {
    return problem(503, "database-unreachable", "The database does not answer");
  }
}
