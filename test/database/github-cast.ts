import { randomUUID } from "node:crypto";
import { sign } from "@octokit/webhooks-methods";
import { receiveGitHub } from "#lib/api/receive-github.ts";
import type { ServiceChecks } from "#lib/domain/inputs/service-checks.ts";
import { answerProtectionRequest, listProtectionRequests } from "#lib/services/protection-requests.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { load, openRecord, toSignOff, type Team } from "#test/support/factories.ts";

const SECRET = "a webhook secret for tests";
export const SHA = "3f9c2ab0000000000000000000000000000000aa";

/** A record ready to be signed, whose service is the one of a repository. */
export async function recordOf(
  team: Team,
  repository: string,
  sha: string,
  addresses: Pick<ServiceChecks, "http"> = {},
  environment = "production",
): Promise<string> {
  const id = await openRecord(team, { service: `service-${Math.random()}`, commit: sha, environment });
  const { service } = await load(id);
  await configureChecks(team.lead, {
    serviceId: service.id,
    checks: { github: { repository, environment }, ...addresses },
  });
  await toSignOff(team, id);
  return id;
}

/** A question of GitHub for one of its environments. */
export async function deliver(
  repository: string,
  {
    signature,
    delivery = randomUUID(),
    callback = "",
    environment = "production",
  }: { signature?: string; delivery?: string; callback?: string; environment?: string } = {},
) {
  const run = Math.floor(Math.random() * 1e6);
  const payload = JSON.stringify({
    action: "requested",
    environment,
    deployment_callback_url: `${callback || process.env.GITHUB_API_URL}/repos/${repository}/actions/runs/${run}/deployment_protection_rule`,
    deployment: { sha: SHA },
    repository: { full_name: repository },
    installation: { id: 7 },
  });
  return receiveGitHub(
    new Request("http://localhost/api/github/deployment-protection", {
      method: "POST",
      body: payload,
      headers: {
        "content-type": "application/json",
        "x-github-event": "deployment_protection_rule",
        "x-github-delivery": delivery,
        "x-hub-signature-256": signature ?? (await sign(SECRET, payload)),
      },
    }),
  );
}

/** As the worker does: every question by itself. */
export async function answerProtectionRequests(): Promise<void> {
  const answers = (await listProtectionRequests()).map(async ({ id }) => answerProtectionRequest(id));
  const faults = (await Promise.allSettled(answers)).filter(({ status }) => status === "rejected");
  if (faults.length > 0) throw new Error(`${faults.length} answers did not reach GitHub`);
}
