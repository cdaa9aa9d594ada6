import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { jobQueue } from "#lib/db/job-queue.ts";
import { startWorker } from "#lib/jobs/start-worker.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { receiveProtectionRequest } from "#lib/services/protection-requests.ts";
import { load, makeTeam, openRecord, signAll, toSignOff, type Team } from "#test/support/factories.ts";
import { startGitHub } from "#test/support/peers/github.ts";
import { startHeldService } from "#test/support/peers/held-service.ts";

/** More than one worker would get through one after another, before this test gives up. */
const SLOW_QUESTIONS = 8;
const AT_ONCE = 2;
const SHA = "3f9c2ab0000000000000000000000000000000aa";
const stops: (() => unknown)[] = [];

afterAll(async () => {
  for (const stop of stops) await stop();
});

test("GitHub's questions about checks that do not answer keep no other team's waiting, and take no more than their share", async () => {
  const held = await startHeldService();
  const github = await startGitHub();
  stops.push(held.stop, github.stop);
  const [slowTeam, fastTeam] = [await makeTeam(), await makeTeam()];
  for (let count = 0; count < SLOW_QUESTIONS; count += 1)
    await askedAbout(slowTeam, `slow/${count}`, held.url);
  const worker = await startWorker();
  stops.push(worker.stop);
  await sweep();
  await eventually(() => held.waiting() >= AT_ONCE);
  await signAll(fastTeam, await askedAbout(fastTeam, "fast/one"));
  await sweep();
  await eventually(() => github.answersFor("fast/one").length === 1);
  expect(github.answersFor("fast/one")).toMatchObject([{ body: { state: "approved" } }]);
  // The worker's own look at the same records has a share besides.
  expect(held.mostAtOnce()).toBeLessThanOrEqual(2 * AT_ONCE);
});

async function askedAbout(team: Team, repository: string, url?: string): Promise<string> {
  const environment = "production";
  const id = await openRecord(team, { service: `service-${Math.random()}`, commit: SHA, environment });
  const { service } = await load(id);
  await toSignOff(team, id);
  const http = url === undefined ? {} : { http: { urls: [url] } };
  await configureChecks(team.lead, {
    serviceId: service.id,
    checks: { github: { repository, environment }, ...http },
  });
  await receiveProtectionRequest(randomUUID(), {
    action: "requested",
    environment,
    deployment_callback_url: `${process.env.GITHUB_API_URL}/repos/${repository}/actions/runs/1/deployment_protection_rule`,
    deployment: { sha: SHA },
    repository: { full_name: repository },
    installation: { id: 7 },
  });
  return id;
}

async function sweep(): Promise<void> {
  await (await jobQueue()).send("answer-protection-requests", {});
}

async function eventually(isSo: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (isSo()) return;
    await sleep(100);
  }
  throw new Error("it never came to be so");
}
