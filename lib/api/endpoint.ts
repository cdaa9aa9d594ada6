import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Actor, RequestClaim } from "#lib/domain/actor.ts";
import { maySomewhere, type Action } from "#lib/domain/policy.ts";
import { recordId } from "#lib/domain/inputs/text.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { recordScope } from "#lib/queries/list-events.ts";
import { derivedId } from "#lib/services/derived-id.ts";
import { claimKey, keepAnswer, releaseKey, type KeyedRequest } from "#lib/services/idempotency.ts";
import { countRequest } from "#lib/services/request-limits.ts";
import { authenticate } from "./authenticate.ts";
import { noteRefusedAccess } from "#lib/services/refused-access.ts";
import { clientAddress } from "./client-address.ts";
import { withBody } from "./bodies.ts";
import { parseJson } from "./body.ts";
import { problemFor } from "./problem-for.ts";
import { limitHeaders } from "./limit-headers.ts";
import { requestsInTurn, uploadsInTurn } from "./turns.ts";
import { whileAllowed } from "./while-allowed.ts";
import { valid } from "#lib/domain/inputs/valid.ts";

const JSON_BYTES = 256 * 1024;

export type Call<P, Q, B> = {
  readonly actor: Actor;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** The bytes of an upload; empty for JSON. */
  readonly upload: Buffer;
  /** The revision in `If-Match`; undefined without that header. */
  readonly ifRevision: number | undefined;
  /** For what the request makes: the same for every repeat of this very request under its idempotency key. */
  readonly newId: string;
  readonly headers: Headers;
};

export type Reply = {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
};

export type EndpointParts<P, Q, B> = {
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** As OpenAPI writes it, below `/api/v1`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  /** What the caller must be allowed to do, as the policy names it. */
  readonly action: Action;
  readonly params: z.ZodType<P>;
  readonly query: z.ZodType<Q>;
  readonly body: z.ZodType<B> | null;
  /** Takes raw bytes instead of JSON when this says so of the query; at most so many of them. */
  readonly upload?: { readonly bytes: number; readonly when: (query: Q) => boolean };
  /** What a success answers; the tests hold answers against it. */
  readonly response: z.ZodType;
  readonly status?: number;
  /** A read that may leave evidence on a record, so that no other site's page may make a browser send it. */
  readonly leavesEvidence?: boolean;
  /** Whether the id of what it makes is a record's. */
  readonly makesRecord?: boolean;
  readonly handle: (call: Call<P, Q, B>) => Promise<Reply | Response>;
};

export type Endpoint = Omit<EndpointParts<unknown, unknown, unknown>, "handle" | "upload"> & {
  readonly uploads: boolean;
  readonly respond: (request: Request, params: unknown) => Promise<Response>;
};

/** An endpoint of the REST API: who is it, its limits, valid input, the verb, an answer or a problem. */
export function defineEndpoint<P, Q, B>(parts: EndpointParts<P, Q, B>): Endpoint {
  const { handle: _handle, upload, ...described } = parts;
  return {
    ...described,
    uploads: upload !== undefined,
    respond: async (request, params) => {
      let headers: Record<string, string> = {};
      try {
        const actor = await authenticate(request, parts.leavesEvidence);
        if (actor.kind === "token") {
          const budget = await countRequest(actor.token.id);
          headers = limitHeaders(budget);
          if (!budget.allowed)
            throw new Rejection("rate-limited", `Too many requests; try again in ${budget.resetSeconds} s`);
        }
        const carriedOut = requestsInTurn(callerOf(actor), async () =>
          carryOut(parts, request, params, actor),
        );
        const response = await carriedOut.catch(async (error: unknown) => {
          await noteRefusedAccess(error, actor, clientAddress(request.headers));
          throw error;
        });
        for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
        return response;
      } catch (error) {
        return problemFor(error, headers);
      }
    },
  };
}

async function carryOut<P, Q, B>(
  parts: EndpointParts<P, Q, B>,
  request: Request,
  givenParams: unknown,
  actor: Actor,
): Promise<Response> {
  const params = parts.params.safeParse(givenParams);
  if (!params.success) throw new Rejection("not-found", "There is no such thing at this address");
  const query = valid(parts.query, Object.fromEntries(new URL(request.url).searchParams));
  const isUpload = parts.upload?.when(query) === true;
  const uploadBytes = isUpload ? (parts.upload?.bytes ?? 0) : null;
  if (isUpload && !maySomewhere(actor, parts.action)) await refuseUpload(actor, givenParams);
  return withBytes(request, actor, uploadBytes, async (bytes) => {
    const body = parts.body === null || isUpload ? undefined : parseJson(request, bytes);
    const keyed = keyedRequest(request, actor, bytes);
    const newId = keyed === null ? randomUUID() : derivedId(keyed.caller, keyed.key, keyed.fingerprint);
    const ifRevision = revisionIn(request.headers.get("if-match"));
    const run = async (claim?: RequestClaim) => {
      const reply = await parts.handle({
        actor: claim === undefined ? actor : { ...actor, claim },
        params: params.data,
        query,
        body: valid(isUpload ? z.any() : (parts.body ?? z.any()), body),
        upload: isUpload ? bytes : Buffer.alloc(0),
        // The change that is asked for has made another revision since.
        ifRevision: claim?.tookEffect ? undefined : ifRevision,
        newId,
        headers: request.headers,
      });
      return reply instanceof Response ? whileAllowed(reply, request, actor) : toResponse(parts, reply);
    };
    if (keyed === null) return run();
    const record = parts.makesRecord === true ? newId : recordIn(givenParams);
    return once({ ...keyed, record }, run, async () => {
      if (record !== null) await recordScope(actor, record);
    });
  });
}

// What somebody may bring nowhere is not read: they hear what the verb would have said.
async function refuseUpload(actor: Actor, givenParams: unknown): Promise<never> {
  const record = recordIn(givenParams);
  if (record !== null) await recordScope(actor, record);
  throw new Rejection("forbidden", "Your roles do not allow this on any team");
}

function recordIn(givenParams: unknown): string | null {
  return z.object({ id: recordId }).safeParse(givenParams).data?.id ?? null;
}

async function withBytes(
  request: Request,
  actor: Actor,
  uploadBytes: number | null,
  use: (bytes: Buffer) => Promise<Response>,
): Promise<Response> {
  if (isRead(request)) return use(Buffer.alloc(0));
  if (uploadBytes === null) return withBody(actor.id, request, JSON_BYTES, use);
  return uploadsInTurn(callerOf(actor), async () => withBody(actor.id, request, uploadBytes, use));
}

// A kept answer goes to whoever may see the record still: their roles may have ended since the first.
async function once(
  keyed: KeyedRequest,
  run: (claim: RequestClaim) => Promise<Response>,
  refuseUnseen: () => Promise<void>,
): Promise<Response> {
  const { caller, key } = keyed;
  const claim = await claimKey(keyed);
  if (claim.kept !== null) {
    await refuseUnseen();
    const { status, headers, body } = claim.kept;
    return new Response(body, { status, headers: { ...headers, "idempotent-replayed": "true" } });
  }
  try {
    const response = await run({ caller, key, tookEffect: claim.tookEffect });
    await keepAnswer(keyed, {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.clone().text(),
    });
    return response;
  } catch (error) {
    if (error instanceof Rejection) await releaseKey(keyed, claim.claimedAt);
    throw error;
  }
}

function keyedRequest(request: Request, actor: Actor, bytes: Buffer): Omit<KeyedRequest, "record"> | null {
  const key = request.headers.get("idempotency-key");
  if (key === null || isRead(request)) return null;
  if (key.length === 0 || key.length > 255) {
    throw new Rejection("invalid-input", "An idempotency key has 1 to 255 characters");
  }
  const { pathname, search } = new URL(request.url);
  const fingerprint = createHash("sha256")
    .update(`${request.method} ${pathname}${search}\n`)
    .update(bytes)
    .digest("hex");
  return {
    caller: callerOf(actor),
    key,
    fingerprint,
  };
}

// A token that is slow, or loose, holds up neither its person nor their other tokens.
function callerOf(actor: Actor): string {
  return actor.kind === "token" ? `token:${actor.token.id}` : `person:${actor.id}`;
}

function isRead({ method }: Request): boolean {
  return method === "GET" || method === "HEAD";
}

// An ETag begins with the revision, which alone says whether a write would meet another record.
function revisionIn(header: string | null): number | undefined {
  if (header === null || header === "*") return undefined;
  const revision = /^(?:W\/)?"(\d{1,9})(?:-[\w-]+)?"$/.exec(header)?.[1];
  if (revision === undefined)
    throw new Rejection("invalid-input", "If-Match takes one ETag of the record, as GET gave it");
  return Number(revision);
}

function toResponse<P, Q, B>({ status = 200 }: EndpointParts<P, Q, B>, reply: Reply): Response {
  return Response.json(reply.body, {
    status: reply.status ?? status,
    headers: { "cache-control": "private, no-store", ...reply.headers },
  });
}
