import type { Figures, Report } from "#scripts/proof/promise.ts";
import { ROLES } from "#lib/domain/roles.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { prisma } from "#lib/db/prisma.ts";
import { addFile } from "#lib/services/evidence.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { makeActionWorld } from "#test/support/action-rows.ts";
import { load, openRecord } from "#test/support/factories.ts";
import { memoryBelow } from "#test/support/process-memory.ts";
import { personWith } from "./access/callers.ts";
import { bent } from "./hostile/bend.ts";
import { broken } from "./hostile/break.ts";
import { validRequests, WEBHOOK_SECRET, type Subjects, type Valid } from "./hostile/requests.ts";
import { hear } from "./hostile/send.ts";
import { withApp } from "./support/app.ts";
import { hold } from "./support/counter-example.ts";
import { changedSince, everything } from "./support/everything.ts";
import { inParallel } from "./support/in-parallel.ts";
import { withLivingMemory, type LivingMegabytes } from "./support/living-memory.ts";
import { randomFrom, type Random } from "./support/random.ts";
import { SESSION_COOKIE, sessionOf } from "./support/sessions.ts";

export const title =
  "Bad input breaks nothing: no fault, no hang, no growth, and nothing changed by what is refused";
export const sizes = { unit: "mutated requests", ci: 10_000, long: 100_000 };

const HANG_SECONDS = 5;
const GROWTH_MB = 50;
/** Of the requests, before a server counts as warm: growth is measured over the other half. */
const WARM = 0.5;

type Tally = {
  sent: number;
  refused: number;
  signedOut: number;
  readonly slow: Valid[];
  /** One flaw of each way in that has any. */
  readonly flaws: Map<string, string>;
};

/** Mutates a valid request for every way in: first so that each must be refused, then so that some are taken. */
export async function run(size: number, report: Report, seed: number): Promise<Figures> {
  process.env.GITHUB_WEBHOOK_SECRET = WEBHOOK_SECRET;
  return withLivingMemory(async (living) =>
    withApp(async ({ pid }) => mutateAll(pid, living, size, report, seed)),
  );
}

async function mutateAll(
  pid: number,
  living: LivingMegabytes,
  size: number,
  report: Report,
  seed: number,
): Promise<Figures> {
  const random = randomFrom(seed);
  const subjects = await makeSubjects();
  const cookie = `${SESSION_COOKIE}=${await sessionOf(await everyRole())}`;
  const requests = await validRequests(subjects, cookie);
  const json = requests.filter(({ takesJson }) => takesJson);
  // A page costs the server ten times what a write does, and takes less that could be wrong.
  const mostlyJson = [...requests, ...json, ...json, ...json, ...json];
  const tally: Tally = { sent: 0, refused: 0, signedOut: 0, slow: [], flaws: new Map() };
  const { pids } = memoryBelow(pid);

  const before = await everything();
  await sendAll(drawn(json, size / 5, broken, random), tally);
  const withoutTaker = tally.sent;
  hold(tally.refused === withoutTaker, "a body that is no JSON is taken");
  const changed = await changedSince(before);
  hold(changed.length === 0, `a body that was refused changed ${changed.join(", ")}`);
  report(`${withoutTaker} with broken bodies, all refused`);

  const rest = size - withoutTaker;
  await sendAll(drawn(mostlyJson, rest * WARM, bent, random), tally);
  const warm = await living(pids);
  report(`${tally.sent} sent, ${tally.refused} refused; the server holds ${warm.toFixed(0)} MB`);
  await sendAll(drawn(mostlyJson, rest * (1 - WARM), bent, random), tally);
  const growth = Math.round((await living(pids)) - warm);
  report(`${tally.sent} sent, ${tally.refused} refused; the server grew by ${growth} MB`);
  hold(tally.flaws.size === 0, [...tally.flaws.values()].join("\n"));
  hold(tally.signedOut < size / 10, `${tally.signedOut} requests came too late for their session`);
  for (const request of tally.slow)
    hold((await hear(request)).seconds < HANG_SECONDS, `${request.name} hangs, asked alone too`);
  hold(growth < GROWTH_MB, `the server grew by ${growth} MB`);
  hold(memoryBelow(pid).pids.join() === pids.join(), "a process of the server died");
  hold((await fetch(`${canonicalOrigin()}/api/health/ready`)).ok, "the server is not ready");
  const { flaws, events } = await verifyHistory();
  hold(flaws.length === 0, `the history is not whole: ${flaws[0]?.message}`);
  return {
    "ways in": requests.length,
    "mutated requests": tally.sent,
    refused: tally.refused,
    "with a body that nobody takes": withoutTaker,
    "changed by those": 0,
    "server errors": 0,
    "hangs over 5 s": 0,
    "MB of growth when warm": pids.length === 0 ? "not measured here" : growth,
    "events verified": events,
  };
}

async function sendAll(requests: readonly Valid[], tally: Tally): Promise<void> {
  await inParallel(12, requests, async (request) => {
    const { flaw, refused, signedOut, seconds } = await hear(request);
    if (flaw !== null) tally.flaws.set(request.name, `${described(request)} gets ${flaw}`);
    // On a busy machine that may be the machine's fault: it is asked again, alone.
    if (seconds > HANG_SECONDS) tally.slow.push(request);
    tally.sent += 1;
    tally.refused += refused ? 1 : 0;
    tally.signedOut += signedOut ? 1 : 0;
  });
}

function described({ name, method, path, headers, body = "" }: Valid): string {
  const text = JSON.stringify(Buffer.from(body).toString("latin1").slice(0, 300));
  return `${name}: ${method} ${path.slice(0, 200)} ${text} ${headers["content-type"] ?? ""}`;
}

function drawn(
  requests: readonly Valid[],
  count: number,
  mutate: (request: Valid, random: Random) => Valid,
  random: Random,
): readonly Valid[] {
  return Array.from({ length: Math.ceil(count) }, () => mutate(random.pick(requests), random));
}

async function makeSubjects(): Promise<Subjects> {
  const world = await makeActionWorld();
  const [record, spare] = [world.fresh, await openRecord(world.team)];
  const bytes = new Uint8Array([65]);
  await addFile(world.team.engineer, { deploymentId: record, item: "cdn", name: "a.txt", bytes });
  const file = await prisma().file.findFirstOrThrow({
    where: { deploymentId: record },
    select: { id: true },
  });
  return { world, record, spare, service: (await load(record)).service.id, file: file.id };
}

async function everyRole() {
  return personWith(ROLES.map((role) => ({ role, teamId: null })));
}
