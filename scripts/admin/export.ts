import { recordId } from "#lib/domain/inputs/text.ts";
import { pool } from "#lib/db/pool.ts";
import { PlainFailure } from "../runtime/plain-failure.ts";

const PAGE = 1_000;

/** One line an event: the very text that its hash covers, and the hash. Any size, a page at a time. */
export async function exportHistory({ deployment }: { deployment?: string }): Promise<void> {
  if (deployment !== undefined && !recordId.safeParse(deployment).success)
    throw new PlainFailure(`"${deployment}" is no id.`);
  let after = { stream: "00000000-0000-0000-0000-000000000000", seq: 0 };
  for (;;) {
    const { rows } = await pool().query<{ stream_id: string; seq: number; body: string; hash: string }>(
      `SELECT stream_id, seq, body, hash FROM events
        WHERE (stream_id, seq) > ($1::uuid, $2::int) AND ($3::uuid IS NULL OR stream_id = $3::uuid)
        ORDER BY stream_id, seq LIMIT ${PAGE}`,
      [after.stream, after.seq, deployment ?? null],
    );
    for (const { body, hash } of rows) process.stdout.write(`{"hash":"${hash}","event":${body}}\n`);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = { stream: last.stream_id, seq: last.seq };
  }
}
