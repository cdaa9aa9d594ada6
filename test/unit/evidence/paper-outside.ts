import type { CheckContext } from "#lib/domain/check-result.ts";
import { serviceChecks, type ServiceChecks } from "#lib/domain/inputs/service-checks.ts";
import type { Answer, Outside } from "#lib/evidence/outside.ts";
import { findChecker } from "#lib/evidence/registry.ts";
import { Unreadable } from "#lib/evidence/unreadable.ts";
import { CONTEXT } from "./judge.ts";

/** Where no address answers. */
export const nowhere: Outside = {
  get: async () => Promise.reject(new Unreadable("www.example.com cannot be reached (ECONNREFUSED)")),
  post: async () => Promise.reject(new Unreadable("www.example.com cannot be reached (ECONNREFUSED)")),
  tls: async () => Promise.reject(new Unreadable("www.example.com:443 cannot be reached (ECONNREFUSED)")),
  resolve: async () => Promise.reject(new Unreadable("The name server does not answer")),
};

/** Where every request gets this answer. */
export function answer(body: unknown, { status = 200, headers = {} }: Partial<Answer> = {}): Outside {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { ...nowhere, get: async () => ({ status, headers, body: text, milliseconds: 12 }) };
}

/** Runs a live check with the addresses that a service gave, against what `outside` answers. */
export async function run(
  key: string,
  services: unknown,
  parameters: object,
  outside: Outside,
  context: Partial<CheckContext> = {},
) {
  const checker = findChecker(key);
  if (checker?.kind !== "live") throw new Error(`no live checker ${key}`);
  const parsed: ServiceChecks = serviceChecks.parse({ [checker.group]: services });
  return checker.run(parsed, parameters, { ...CONTEXT, ...context }, outside);
}
