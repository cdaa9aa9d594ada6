import { now } from "#lib/clock.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { sendMessages } from "#lib/db/message-queue.ts";
import { inTransactionUnder } from "#lib/db/transaction.ts";
import { sendsMail } from "./mail.ts";

/** The hour, in UTC, at which a day's summary is made. */
const AT_HOUR = 7;

/**
 * Makes the day's summary for everybody for whom something waits from before this morning's hour;
 * one a day at most. What waited for longer than a week without a mail server is not summed up.
 */
export async function makeDigests(): Promise<void> {
  if (!sendsMail()) return;
  const day = laterBy(now(), -AT_HOUR * HOUR).slice(0, 10);
  const until = laterBy(`${day}T00:00:00.000Z`, AT_HOUR * HOUR);
  await inTransactionUnder("digests", async (client) => {
    const { rows } = await client.query<{ id: string }>(MAKE, [day, until, now()]);
    await sendMessages(
      client,
      rows.map(({ id }) => id),
      "mail",
    );
  });
}

const MAKE = `
WITH made AS (
  INSERT INTO message_deliveries (person_id, digest_on, made_at)
  SELECT DISTINCT n.person_id, $1::date, $3::timestamptz FROM notifications n
   WHERE n.awaits_digest AND n.at < $2::timestamptz AND n.at >= $2::timestamptz - interval '7 days'
  ON CONFLICT DO NOTHING RETURNING id, person_id
), taken AS (
  UPDATE notifications n SET awaits_digest = false, digest_id = made.id
    FROM made WHERE n.person_id = made.person_id AND n.awaits_digest AND n.at < $2::timestamptz
     AND n.at >= $2::timestamptz - interval '7 days'
)
SELECT id FROM made`;
