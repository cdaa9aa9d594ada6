import { Rejection } from "#lib/domain/rejection.ts";

/** Runs a verb whose input holds the whole body under `name`: a refusal names fields as the body has them. */
export async function inBody<T>(name: string, verb: () => Promise<T>): Promise<T> {
  try {
    return await verb();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    const { code, message, blockers, fields } = error;
    const own = Object.entries(fields).map(([path, reason]) => [path.replace(`${name}.`, ""), reason]);
    throw new Rejection(code, message, { blockers, fields: Object.fromEntries(own) });
  }
}
