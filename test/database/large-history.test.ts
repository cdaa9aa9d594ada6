import { Client } from "pg";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { byteStream } from "#lib/exports/streams.ts";
import { writeEvents } from "#lib/exports/write-events.ts";
import { exportEvents } from "#lib/queries/export-events.ts";
import { pool } from "#lib/db/pool.ts";
import { eventStatements, type EventCriteria, type EventScope } from "#lib/queries/event-rows.ts";
import { urlFor } from "#test/support/database.ts";
import { makeTeam, openRecord, type Team } from "#test/support/factories.ts";

const RECORDS = 10;
const EVENTS = 20_000;
const PAGE = 101;

let team: Team;
let first: string;

beforeAll(async () => {
  team = await makeTeam();
  const ids: string[] = [];
  for (let record = 0; record < RECORDS; record += 1)
    ids.push(await openRecord(team, { service: `service-${record}` }));
  first = ids[0] ?? "";
  const client = new Client({ connectionString: urlFor("superuser") });
  await client.connect();
  await client.query("SET session_replication_role = replica");
  for (const id of ids)
    await client.query(FILL, [id, EVENTS / RECORDS, team.engineer.id, team.engineer.name]);
  await client.query("ANALYZE events; ANALYZE deployments");
  await client.end();
}, 120_000);

const everything: EventScope = { stream: null, teams: null, installation: true };

// A page costs what it shows, not what there is: some blocks a row, of the 20,000 rows that there are.
// A text is looked for among the nearest events first, ten for each row.
const BLOCKS = PAGE * 12;
const BLOCKS_BY_TEXT = BLOCKS + PAGE * 10;

test.each<[string, () => EventScope, () => EventCriteria]>([
  ["of everything", () => everything, () => ({})],
  ["of one's teams", () => ({ stream: null, teams: [team.id], installation: false }), () => ({})],
  ["of one record", () => ({ stream: first, teams: null, installation: false }), () => ({})],
  ["by a common and a rare word", () => everything, () => ({ text: "measured needle1711" })],
  ["by the beginning of words that are each rare", () => everything, () => ({ text: "needle" })],
  ["by type", () => everything, () => ({ type: "evidence." })],
  ["by a type that is rare", () => everything, () => ({ type: "approval." })],
  ["by person", () => everything, () => ({ actorId: team.engineer.id })],
  [
    "of a day",
    () => everything,
    () => ({ from: "2026-01-05T00:00:00.000Z", to: "2026-01-06T00:00:00.000Z" }),
  ],
  ["by item", () => everything, () => ({ item: "item-17" })],
  ["by an item that nobody touched", () => everything, () => ({ item: "secrets" })],
])("a page of a large history is read through an index: %s", async (_, scope, criteria) => {
  const later = { at: "2026-01-10T00:00:00.000Z", id: `${first}:1000` };
  for (const order of ["ASC", "DESC"] as const)
    for (const after of [null, later])
      expect(await blocksOf(scope(), criteria(), { after, limit: PAGE, order })).toBeLessThan(
        criteria().text === undefined ? BLOCKS : BLOCKS_BY_TEXT,
      );
});

test("an export of all of it holds each event once, and never more of it at a time than a page", async () => {
  const parts = byteStream(writeEvents(await exportEvents(team.lead, {}, "jsonl"), "jsonl"));
  const seen = new Set<string>();
  let lines = 0;
  for await (const part of parts) {
    expect(part.byteLength).toBeLessThan(1_000_000);
    for (const line of new TextDecoder().decode(part).trimEnd().split("\n")) {
      lines += 1;
      const { stream, seq } = exported.parse(JSON.parse(line)).event;
      seen.add(`${stream} ${seq}`);
    }
  }
  expect(lines).toBe(seen.size);
  expect(lines).toBe(EVENTS + RECORDS);
});

const exported = z.object({ event: z.object({ stream: z.string(), seq: z.number() }) });
const plan = z.object({
  "Actual Rows": z.number(),
  "Shared Hit Blocks": z.number(),
  "Shared Read Blocks": z.number(),
});
const explained = z.tuple([z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: plan })]) })]);

/** Blocks of 8 KiB that Postgres touched to answer. */
async function blocksOf(...asked: Parameters<typeof eventStatements>): Promise<number> {
  let blocks = 0;
  for (const { text, values } of eventStatements(...asked)) {
    const { rows } = await pool().query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values);
    const [
      {
        "QUERY PLAN": [{ Plan }],
      },
    ] = explained.parse(rows);
    blocks += Plan["Shared Hit Blocks"] + Plan["Shared Read Blocks"];
    if (Plan["Actual Rows"] === PAGE) break;
  }
  return blocks;
}

const FILL = `
INSERT INTO events (stream_id, seq, body, hash)
SELECT $1::uuid, n, body, encode(sha256(convert_to(body, 'UTF8')), 'hex')
  FROM generate_series(2, $2::int + 1) AS n,
       LATERAL (SELECT json_build_object(
         'actor', json_build_object('id', $3::text, 'kind', 'person', 'name', $4::text),
         'at', to_char(timestamp '2026-01-01' + n * interval '11 minutes', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'data', json_build_object('item', 'item-' || n % 80, 'evidence', gen_random_uuid(),
           'content', json_build_object('kind', 'note', 'text', 'Measured on the staging cluster, needle' || n || ', all within the target.')),
         'format', 1, 'prev', repeat('0', 64), 'seq', n, 'stream', $1::text, 'type', 'evidence.added')::text AS body) AS made`;
