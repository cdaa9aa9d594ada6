/** An RFC 9457 problem document with a stable `code`. */
export function problem(status: number, code: string, detail: string, more: object = {}): Response {
  return Response.json(
    { type: `urn:countersign:problem:${code}`, title: detail, status, code, detail, ...more },
    { status, headers: { "content-type": "application/problem+json", "cache-control": "no-store" } },
  );
}
