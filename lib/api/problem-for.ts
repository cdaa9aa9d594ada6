import { randomUUID } from "node:crypto";
import { Rejection } from "#lib/domain/rejection.ts";
import { logFault } from "#lib/log-fault.ts";
import { problem } from "./problem.ts";
import { statusOf } from "./status-of.ts";

/** The problem document of a refusal; what nobody expected is logged with an id and named by it alone. */
export function problemFor(error: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  const response = toProblem(error);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  if (response.status === 401) response.headers.set("www-authenticate", 'Bearer realm="countersign"');
  return response;
}

function toProblem(error: unknown): Response {
  if (error instanceof Rejection) {
    const { code, message, blockers, fields } = error;
    return problem(statusOf(code), code, message, { blockers, fields });
  }
  const id = randomUUID();
  logFault(`fault ${id}`, error);
  return problem(500, "fault", `Something went wrong on our side (${id})`);
}
