import { Pool } from "pg";
import { pool } from "#lib/db/pool.ts";
import { measure, type Measured } from "./measure.ts";

/** A bare transaction that locks a row, updates one and inserts one: what any tick must cost at least. */
export async function pgFloor(
  ownerUrl: string,
  clients: number,
  records: number,
  seconds: number,
): Promise<Measured> {
  const pool = new Pool({ connectionString: ownerUrl, max: clients });
  await pool.query(`
    CREATE TABLE IF NOT EXISTS bench_records (id int PRIMARY KEY, revision int NOT NULL);
    CREATE TABLE IF NOT EXISTS bench_items (record int, key int, done boolean, PRIMARY KEY (record, key));
    CREATE TABLE IF NOT EXISTS bench_events (record int, seq bigserial, body text);
    INSERT INTO bench_records SELECT r, 1 FROM generate_series(0, 63) r ON CONFLICT DO NOTHING;
    INSERT INTO bench_items SELECT r, k, false FROM generate_series(0, 63) r, generate_series(0, 79) k ON CONFLICT DO NOTHING`);
  const body = "x".repeat(400);
  const result = await measure(clients, seconds, async (client, turn) => {
    const record = (client + turn) % records;
    const connection = await pool.connect();
    try {
      await connection.query("BEGIN");
      await connection.query({
        name: "lock",
        text: "SELECT revision FROM bench_records WHERE id = $1 FOR UPDATE",
        values: [record],
      });
      await connection.query({
        name: "tick",
        text: "UPDATE bench_items SET done = NOT done WHERE record = $1 AND key = $2",
        values: [record, turn % 80],
      });
      await connection.query({
        name: "note",
        text: "INSERT INTO bench_events (record, body) VALUES ($1, $2)",
        values: [record, body],
      });
      await connection.query("COMMIT");
      return true;
    } finally {
      connection.release();
    }
  });
  await pool.end();
  return result;
}

/** The newest rows of a record's history, read and nothing else: what any page of it must cost at least. */
export async function newestRows(record: string, seconds: number): Promise<Measured> {
  return measure(1, seconds, async () => {
    const { rows } = await pool().query({
      name: "newest",
      text: "SELECT seq, body FROM events WHERE stream_id = $1 ORDER BY seq DESC LIMIT 50",
      values: [record],
    });
    return rows.length > 0;
  });
}
