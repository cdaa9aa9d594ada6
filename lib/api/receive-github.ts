import { verify } from "@octokit/webhooks-methods";
import { protectionRulePayload } from "#lib/domain/inputs/protection-rule.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { env } from "#lib/env.ts";
import { networkOf } from "#lib/network-of.ts";
import { receiveProtectionRequest } from "#lib/services/protection-requests.ts";
import { parseJson, readBody } from "./body.ts";
import { clientAddress } from "./client-address.ts";
import { problemFor } from "./problem-for.ts";
import { uploadsInTurn } from "./turns.ts";
import { valid } from "#lib/domain/inputs/valid.ts";

const PAYLOAD_BYTES = 5 * 1024 * 1024;
/** Deliveries that a process reads at once; whose they are is known when they are read. */
const READ_AT_ONCE = 32;

const reading = new Set<AbortController>();

/** Takes GitHub's webhook: its signature first, then what it asks. */
export async function receiveGitHub(request: Request): Promise<Response> {
  try {
    const secret = env().GITHUB_WEBHOOK_SECRET;
    if (secret === undefined) throw new Rejection("not-found", "This installation answers no GitHub App");
    const bytes = await uploadsInTurn(networkOf(clientAddress(request.headers)), async () =>
      readAmongFew(request),
    );
    const signature = request.headers.get("x-hub-signature-256") ?? "";
    const text = bytes.toString("utf8");
    if (signature === "" || text === "" || !(await verify(secret, text, signature))) {
      throw new Rejection("forbidden", "The signature is not GitHub's");
    }
    const deliveryId = request.headers.get("x-github-delivery");
    if (deliveryId === null || deliveryId.length > 100)
      throw new Rejection("invalid-input", "X-GitHub-Delivery is missing");
    if (request.headers.get("x-github-event") !== "deployment_protection_rule")
      return new Response(null, { status: 204 });
    await receiveProtectionRequest(deliveryId, valid(protectionRulePayload, parseJson(request, bytes)));
    return Response.json({ accepted: true }, { status: 202 });
  } catch (error) {
    return problemFor(error);
  }
}

// Beyond the bound it is the one read longest that is broken off: GitHub's are read in a moment.
async function readAmongFew(request: Request): Promise<Buffer> {
  const [longest] = reading;
  if (longest !== undefined && reading.size >= READ_AT_ONCE) {
    reading.delete(longest);
    longest.abort(new Rejection("rate-limited", "Too many deliveries are being read; send it again"));
  }
  const mine = new AbortController();
  reading.add(mine);
  try {
    return await readBody(request, PAYLOAD_BYTES, mine.signal);
  } finally {
    reading.delete(mine);
  }
}
