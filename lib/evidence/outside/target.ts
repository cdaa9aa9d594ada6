import { isIP } from "node:net";
import { Unreadable } from "../unreadable.ts";
import { refusalOf } from "./address-policy.ts";

/** An address that a check may go to, as far as that can be told before its name is looked up. */
export function targetFrom(text: string, allowedRanges: readonly string[]): URL {
  if (!URL.canParse(text)) throw new Unreadable("The address cannot be parsed");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new Unreadable("Only http and https are checked");
  if (url.username !== "" || url.password !== "") throw new Unreadable("An address holds no password");
  refuseLiteral(url.hostname, allowedRanges);
  return url;
}

/** Refuses a host that is itself a private address; a name is looked at when it has been resolved. */
export function refuseLiteral(host: string, allowedRanges: readonly string[]): void {
  const bare = host.replace(/^\[|\]$/g, "");
  if (isIP(bare) === 0) return;
  const refusal = refusalOf(bare, allowedRanges);
  if (refusal !== null) throw new Unreadable(`${host} ${refusal}`);
}

/** Why something outside could not be reached, without its address, its query or its words. */
export function unreachable(host: string, error: unknown): Unreadable {
  if (error instanceof Unreadable) return error;
  const cause = error instanceof Error && error.cause instanceof Unreadable ? error.cause : null;
  if (cause !== null) return cause;
  return new Unreadable(`${host} cannot be reached (${codeOf(error)})`);
}

function codeOf(error: unknown): string {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string")
    return error.code;
  if (error instanceof Error && error.cause !== undefined) return codeOf(error.cause);
  return error instanceof Error && error.name === "TimeoutError" ? "it took too long" : "no connection";
}
