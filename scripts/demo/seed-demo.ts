import { openDeploymentInput, type OpenDeploymentInput } from "#lib/domain/inputs/deployments.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { DAY, HOUR, MINUTE } from "#lib/domain/time.ts";
import { closePool } from "#lib/db/pool.ts";
import { isNobodyThere } from "#lib/queries/is-nobody-there.ts";
import { assignItems, setItemsDue } from "#lib/services/assignments.ts";
import { addComment } from "#lib/services/comments.ts";
import { openDeployment } from "#lib/services/deployments.ts";
import { startPhase } from "#lib/services/phases.ts";
import { triggerRollback } from "#lib/services/rollback.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { movableClock, type MovableClock } from "./clock.ts";
import { approve, finishPhase, settleKey, tickPhase, type Run } from "./run-checklist.ts";
import { seedPeople, type Cast } from "./seed-people.ts";

const FOR_ENGINEER = ["on-call-rotation", "tests-passing", "test-coverage", "performance-testing"];
const FOR_ENGINEER_2 = ["migrations-tested", "restore-drill", "rto-rpo-documented"];

// Loads the demo team and four deployments in different states, through the same services that
// people use, once: a database where somebody exists is left alone.
const clock = movableClock();
try {
  if (await isNobodyThere()) await seedDemo(process.env.COUNTERSIGN_DEMO_PASSWORD ?? "countersign-demo");
} finally {
  clock.remove();
  await closePool();
}

async function seedDemo(password: string): Promise<void> {
  const present = Date.now();
  clock.set(new Date(present - 12 * DAY));
  const people = await seedPeople(password);
  const context = { clock, password, present, people };
  await completed(context);
  await rollingBack(context);
  await awaitingSignOff(context);
  await midPreDeployment(context);
}

type Context = { clock: MovableClock; password: string; present: number; people: Cast };

async function completed({ clock: time, password, present, people }: Context): Promise<void> {
  const t0 = present - 4 * DAY;
  time.set(new Date(t0 - 6 * DAY));
  const id = await open(people["lead@demo.test"], {
    service: "ledger-api",
    version: "v1.9.2",
    commit: "b41f09e",
    deploymentAt: t0,
    targets: ["kubernetes"],
  });
  const run = { id, clock: time, password };
  await throughGoNoGo(run, people, t0);
  await startPhase(people["engineer@demo.test"], { deploymentId: id, phase: "deployment" });
  for (const phase of ["deployment", "post-deployment"]) {
    await tickPhase(run, engineers(people), phase);
    await finishPhase(run, people["lead@demo.test"], phase);
  }
  time.set(new Date(t0 + DAY));
  await tickPhase(run, engineers(people), "follow-up");
  await finishPhase(run, people["lead@demo.test"], "follow-up");
}

async function rollingBack({ clock: time, password, present, people }: Context): Promise<void> {
  const t0 = present - 55 * MINUTE;
  time.set(new Date(t0 - 5 * DAY));
  const id = await open(people["lead@demo.test"], {
    service: "checkout-web",
    version: "v3.2.0",
    commit: "77c1d0a",
    deploymentAt: t0,
    targets: ["fly-io"],
  });
  const run = { id, clock: time, password };
  await throughGoNoGo(run, people, t0);
  await startPhase(people["engineer@demo.test"], { deploymentId: id, phase: "deployment" });
  await tickPhase(run, engineers(people), "deployment", 5);
  time.set(new Date(present - 14 * MINUTE));
  await triggerRollback(people["engineer2@demo.test"], {
    deploymentId: id,
    reason: "Error rate rose to 4 % after the traffic shift; checkouts fail with 502.",
  });
  for (const item of [
    "rollback-incident-response",
    "rollback-notify-on-call",
    "rollback-status-page",
    "rollback-revert",
  ]) {
    time.advance(2 * MINUTE);
    await settleKey(run, people["engineer@demo.test"], item);
  }
}

async function awaitingSignOff({ clock: time, password, present, people }: Context): Promise<void> {
  const t0 = present + 50 * MINUTE;
  time.set(new Date(t0 - 6 * DAY));
  const id = await open(people["lead@demo.test"], {
    service: "payments-api",
    version: "v2.14.0",
    commit: "3f9c2ab",
    deploymentAt: t0,
    targets: ["kubernetes"],
  });
  const run = { id, clock: time, password };
  await beforeGoNoGo(run, people, present - 40 * MINUTE);
  time.set(new Date(present - 9 * MINUTE));
  await approve(run, people["eng-lead@demo.test"], "engineering-lead", "Ready for production.");
}

async function midPreDeployment(context: Context): Promise<void> {
  const { clock: time, password, present, people } = context;
  const t0 = present + 3 * DAY + 4 * HOUR;
  time.set(new Date(present - 2 * DAY));
  const id = await open(people["lead@demo.test"], {
    service: "notify-worker",
    version: "v0.8.0",
    commit: "e02ab4d91c",
    deploymentAt: t0,
    targets: ["aws-ecs"],
  });
  const run = { id, clock: time, password };
  await tickPhase(run, engineers(people), "pre-deployment", 19);
  time.set(new Date(present - 25 * MINUTE));
  await settleItem(people["lead@demo.test"], id, {
    item: "bundle-sizes",
    to: "not-applicable",
    reason: "A worker has no browser bundle.",
  });
  await shareOut(context, id);
}

/** Owners, a date and a question, as a team lead leaves them for the day. */
async function shareOut({ clock: time, present, people }: Context, deploymentId: string): Promise<void> {
  const lead = people["lead@demo.test"];
  const [engineer, engineer2] = [people["engineer@demo.test"].id, people["engineer2@demo.test"].id];
  time.set(new Date(present - 20 * MINUTE));
  await assignItems(lead, { deploymentId, items: FOR_ENGINEER, ownerId: engineer });
  await assignItems(lead, { deploymentId, items: FOR_ENGINEER_2, ownerId: engineer2 });
  const dueAt = new Date(present + 3 * HOUR).toISOString();
  await setItemsDue(lead, { deploymentId, items: ["test-coverage"], dueAt });
  time.set(new Date(present - 12 * MINUTE));
  await addComment(people["sre@demo.test"], {
    deploymentId,
    item: "performance-testing",
    text: `@${people["engineer@demo.test"].name}, last week's run was on the small cluster. Same sizes as production this time?`,
    mentions: [engineer],
  });
}

async function throughGoNoGo(run: Run, people: Cast, t0: number): Promise<void> {
  await beforeGoNoGo(run, people, t0 - 50 * MINUTE);
  await approve(run, people["eng-lead@demo.test"], "engineering-lead", "Ready for production.");
  await approve(run, people["sre@demo.test"], "devops-sre", "Capacity and rollback rehearsed.");
  await approve(run, people["security@demo.test"], "security", null);
  await approve(run, people["product@demo.test"], "product", "Go.");
  run.clock.set(new Date(t0));
}

async function beforeGoNoGo(run: Run, people: Cast, finalChecksAt: number): Promise<void> {
  await tickPhase(run, engineers(people), "pre-deployment");
  await finishPhase(run, people["lead@demo.test"], "pre-deployment");
  run.clock.set(new Date(finalChecksAt - 20 * MINUTE));
  await tickPhase(run, engineers(people), "final-checks");
  await finishPhase(run, people["lead@demo.test"], "final-checks");
}

function engineers(people: Cast): readonly Actor[] {
  // Critical items that do not apply, and the like, are the lead's; everything else is theirs.
  return [people["engineer@demo.test"], people["engineer2@demo.test"], people["engineer@demo.test"]];
}

async function open(
  lead: Actor,
  {
    deploymentAt,
    ...rest
  }: Pick<OpenDeploymentInput, "service" | "version" | "commit" | "targets"> & { deploymentAt: number },
): Promise<string> {
  return openDeployment(
    lead,
    openDeploymentInput.parse({
      ...rest,
      environment: "production",
      deploymentAt: new Date(deploymentAt).toISOString(),
      deployedBy: "engineer@demo.test",
      links: [
        { title: "Release notes", url: `https://git.example.com/${rest.service}/releases/${rest.version}` },
      ],
    }),
  );
}
