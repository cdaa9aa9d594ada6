import { verify } from "@octokit/webhooks-methods";
import { protectionRulePayload } from "#lib/domain/inputs/protection-rule.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { env } from "#lib/env.ts";
import { networkOf } from "#lib/network-of.ts";
import { receiveProtectionRequest } from "#lib/services/protection-requests.ts";
import { createBodies } from "./bodies.ts";
import { parseJson } from "./body.ts";
import { clientAddress } from "./client-address.ts";
import { problemFor } from "./problem-for.ts";
import { uploadsInTurn } from "./turns.ts";
import { valid } from "#lib/domain/inputs/valid.ts";

const PAYLOAD_BYTES = 5 * 1024 * 1024;

/** Whose deliveries are is known when they are read: a process reads so many at once, whoever sends them. */
const withDelivery = createBodies({
  weigh: () => 1,
  ofOne: 4,
  ofAll: 32,
  said: "Too many deliveries are being read; send it again",
});

/** Takes GitHub's webhook: its signature first, then what it asks. */
export async function receiveGitHub(request: Request): Promise<Response> {
  try {
    const secret = env().GITHUB_WEBHOOK_SECRET;
    if (secret === undefined) throw new Rejection("not-found", "This installation answers no GitHub App");
    const network = networkOf(clientAddress(request.headers));
    const bytes = await uploadsInTurn(network, async () =>
      withDelivery(network, request, PAYLOAD_BYTES, async (read) => read),
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
