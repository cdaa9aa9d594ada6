import { forgetOldLimits } from "#lib/services/attempt-limits.ts";
import { CHECK_RUNNER } from "#lib/services/check-runner.ts";
import { deliverCheckpoints, dueDestinations } from "#lib/services/deliver-checkpoints.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { runVerification } from "#lib/services/verifications.ts";
import { deliverMessage } from "#lib/services/deliver-message.ts";
import { fanOut, tellAgain } from "#lib/services/fan-out.ts";
import { makeDigests } from "#lib/services/digests.ts";
import { remind } from "#lib/services/reminders.ts";
import { forgetOldNotifications } from "#lib/services/notifications.ts";
import { forgetOldAnswers } from "#lib/services/idempotency.ts";
import { forgetOldProbes, listDeploymentsToCheck, runOpenChecks } from "#lib/services/live-checks.ts";
import { answerProtectionRequest, listProtectionRequests } from "#lib/services/protection-requests.ts";
import { forgetOldChallenges } from "#lib/services/passkey-challenges.ts";
import { forgetOldSecurityEntries } from "#lib/services/security-log.ts";
import { removeOverdueContent } from "#lib/services/retention.ts";
import { forgetEndedSessions } from "#lib/services/sessions.ts";
import { listen } from "#lib/db/listen.ts";
import { askSoon, startJobQueue, type Job, type QueueName, type WorkOptions } from "#lib/db/job-queue.ts";

const POLL_SECONDS = 2;
/** News is fanned out sooner than checks run. */
const POLL_NEWS_SECONDS = 0.5;
/** Messages go side by side, and one after another in each lane: slow receivers of a team keep it alone waiting. */
const MESSAGES_AT_ONCE = 12;
/** Records are looked at side by side, few of a team: hosts of one that are slow delay that team alone. */
const LOOKING: WorkOptions = { localConcurrency: 8, localGroupConcurrency: 2 };

/** Works on the queues until stopped; as many workers as one likes may do so at once. */
export async function startWorker(): Promise<{ stop: () => Promise<void> }> {
  const queue = await startJobQueue();
  const work = async (
    name: QueueName,
    task: (data: { id?: string }) => Promise<void>,
    options: WorkOptions = {},
  ) =>
    queue.work<{ id?: string }>(
      name,
      { pollingIntervalSeconds: POLL_SECONDS, ...options },
      async (jobs: Job<{ id?: string }>[]) => {
        for (const { data } of jobs) await task(data ?? {});
      },
    );
  await work("sweep-checks", async () => {
    for (const { id, teamId } of await listDeploymentsToCheck())
      await queue.send("run-checks", { id }, { singletonKey: id, group: { id: teamId } });
  });
  await work("run-checks", async ({ id }) => (id === undefined ? undefined : runOpenChecks(id)), LOOKING);
  await work("answer-protection-requests", async () => {
    for (const { id, teamId } of await listProtectionRequests())
      await queue.send("answer-protection-request", { id }, { singletonKey: id, group: { id: teamId } });
  });
  await work(
    "answer-protection-request",
    async ({ id }) => (id === undefined ? undefined : answerProtectionRequest(id)),
    LOOKING,
  );
  await work("seal-history", async () => {
    await sealHistory();
    for (const id of await dueDestinations())
      await queue.send("deliver-checkpoints", { id }, { singletonKey: id });
  });
  await work("deliver-checkpoints", async ({ id }) =>
    id === undefined ? undefined : deliverCheckpoints(id),
  );
  const carriers: string[] = [];
  for (let count = 0; count < MESSAGES_AT_ONCE; count += 1) carriers.push(await carry(queue));
  const tell = async (telling: Promise<void>) => {
    await telling;
    for (const carrier of carriers) queue.notifyWorker(carrier);
  };
  await work("fan-out", async () => tell(fanOut()), { pollingIntervalSeconds: POLL_NEWS_SECONDS });
  await work("tell-again", async ({ id }) => (id === undefined ? undefined : tell(tellAgain(id))));
  await work("remind", async () => remind());
  await work("make-digests", async () => makeDigests());
  const stopListening = listen(({ kind }) => {
    if (kind === "outbox" || kind === "gap") void askSoon("fan-out");
  });
  await work("verify-history", async ({ id }) => runVerification(id));
  await work("apply-retention", async () => removeOverdueContent(CHECK_RUNNER));
  await work("tidy-up", async () => {
    await forgetOldAnswers();
    await forgetOldProbes();
    await forgetEndedSessions();
    await forgetOldChallenges();
    await forgetOldSecurityEntries();
    await forgetOldNotifications();
    await forgetOldLimits();
  });
  const stop = async () => {
    stopListening();
    await queue.stop({ graceful: true, timeout: 5_000 });
  };
  return { stop };
}

// One message after another; whoever has carried one looks at once for the next.
async function carry(queue: Awaited<ReturnType<typeof startJobQueue>>): Promise<string> {
  const carrier: string = await queue.work(
    "deliver-message",
    { pollingIntervalSeconds: POLL_SECONDS, localGroupConcurrency: 1 },
    async (jobs: Job<{ id?: string }>[]) => {
      queue.notifyWorker(carrier);
      for (const { data } of jobs) if (data.id !== undefined) await deliverMessage(data.id);
    },
  );
  return carrier;
}
