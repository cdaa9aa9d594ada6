import { toEventActor, type Actor } from "#lib/domain/actor.ts";
import { ENDINGS, type InstallationEventDraft } from "#lib/domain/installation-events.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { now } from "#lib/clock.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { createFairTurns, TooMuchWaiting } from "#lib/fair-turns.ts";
import { chain } from "./event-chain.ts";
import { CHANGES } from "./notices.ts";
import { prisma } from "./prisma.ts";
import { refuseFormer } from "./refuse-former.ts";

/** The stream of the installation's own history; its row is made by the migration. */
export const INSTALLATION_ID = "00000000-0000-4000-8000-000000000000";

/** Changes but endings that one person makes within an hour: each stays for good, and every verification reads it. */
const MOST_IN_AN_HOUR = { admin: 2_000, anybody: 200 };

/** Changes of one person that wait for their turn in a process. */
const WAITING_FOR_ONE = 20;
/** A crowd would hold all the pool's connections at the one row; so it holds one of each process. */
const inFairTurn = createFairTurns(WAITING_FOR_ONE);

export type Transaction = Prisma.TransactionClient;
type Changing<T> = (
  tx: Transaction,
  at: string,
) => Promise<{ result: T; events: readonly InstallationEventDraft[] }>;

/**
 * The only door to a write on people, roles and teams: one transaction that holds the head of the
 * installation's history, runs the change, which returns its events, and appends them. Rejects with
 * `forbidden` whose account, session or token was ended, or who lost a role, while it waited,
 * and with `rate-limited` whoever has too many changes waiting, or made too many that end nothing. A change
 * makes no other one inside it.
 */
export async function changeInstallation<T>(actor: Actor, change: Changing<T>): Promise<T> {
  return orBusy(
    inFairTurn(actor.id, actor.kind === "system" ? 0 : 1, async () => inTransaction(actor, change)),
  );
}

async function orBusy<T>(changing: Promise<T>): Promise<T> {
  try {
    return await changing;
  } catch (error) {
    if (error instanceof TooMuchWaiting)
      throw new Rejection("rate-limited", "Other changes of yours are waiting; try again in a moment");
    throw error;
  }
}

async function inTransaction<T>(actor: Actor, change: Changing<T>): Promise<T> {
  return prisma().$transaction(async (tx) => {
    const [head] = await tx.$queryRaw<{ revision: number; head_hash: string | null }[]>`
      SELECT revision, head_hash FROM installations WHERE id = ${INSTALLATION_ID}::uuid FOR UPDATE`;
    if (head === undefined) throw new Error("the installation has no history; run the migrations");
    const at = now();
    await refuseFormer(tx, actor, at);
    const { result, events } = await change(tx, at);
    if (actor.kind !== "system" && events.some(({ type }) => !ENDINGS.includes(type)))
      await refuseFlood(tx, actor, at);
    await append(tx, head, events, toEventActor(actor), at);
    return result;
  });
}

async function refuseFlood(tx: Transaction, actor: Actor, at: string): Promise<void> {
  const most = MOST_IN_AN_HOUR[actor.grants.some(({ role }) => role === "admin") ? "admin" : "anybody"];
  const [made] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM events WHERE actor_id = ${actor.id} AND at >= ${laterBy(at, -HOUR)}
         AND stream_id = ${INSTALLATION_ID}::uuid AND type <> ALL (${ENDINGS}) LIMIT ${most}) AS events`;
  if (made !== undefined && made.count >= most)
    throw new Rejection(
      "rate-limited",
      `You have changed accounts, tokens, freezes or the like ${most} times within an hour; try again later`,
    );
}

async function append(
  tx: Transaction,
  head: { revision: number; head_hash: string | null },
  events: readonly InstallationEventDraft[],
  actor: ReturnType<typeof toEventActor>,
  at: string,
): Promise<void> {
  const entries = events.map((event, index) => ({ ...event, seq: head.revision + index + 1, at, actor }));
  const chained = chain(INSTALLATION_ID, head.head_hash, entries);
  const last = chained.at(-1);
  if (last === undefined) return;
  await tx.$executeRaw`
    WITH event AS (
      INSERT INTO events (stream_id, seq, body, hash)
      SELECT ${INSTALLATION_ID}::uuid, r.seq, r.body, r.hash
        FROM jsonb_to_recordset(${JSON.stringify(chained)}::jsonb) AS r(seq int, body text, hash text)
    )
    SELECT pg_notify(${CHANGES}, ${`${INSTALLATION_ID}:${head.revision + 1}:${last.seq}`})::text`;
  await tx.installation.update({
    where: { id: INSTALLATION_ID },
    data: { revision: last.seq, headHash: last.hash },
  });
}
