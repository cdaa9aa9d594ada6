import { NextRequest } from "next/server";

const READS: readonly string[] = ["csrf", "providers", "session"];
const WRITES: readonly string[] = ["callback/credentials", "callback/second-factor", "signout"];
const FIELDS = ["csrfToken", "email", "password", "proof", "json"];

/** Whether a page of ours asks next-auth for this. It answers more, and much of that with a fault. */
export function isAskedOfNextAuth(method: string, path: readonly string[]): boolean {
  return (method === "POST" ? WRITES : READS).includes(path.join("/"));
}

/**
 * The request with what next-auth may see of it: no query, and of a form the fields that our pages send.
 * Where to go after signing in is our page's own matter, so no address is passed on.
 */
export function nextAuthRequest({ method, headers, nextUrl }: NextRequest, form: string | null): NextRequest {
  const address = new URL(nextUrl.pathname, nextUrl.origin);
  if (form === null) return new NextRequest(address, { method, headers });
  const given = new URLSearchParams(form);
  const known = FIELDS.flatMap((field) => {
    const value = given.get(field);
    return value === null ? [] : [[field, value]];
  });
  return new NextRequest(address, { method, headers, body: new URLSearchParams(known).toString() });
}
