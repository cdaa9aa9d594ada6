import { pool } from "./pool.ts";

export type DeliveryAttempt = {
  readonly destination: "file" | "webhook" | "mail";
  readonly target: string;
  readonly fromSize: number;
  readonly toSize: number;
  readonly attemptedAt: string;
  /** Why it failed; null when it was delivered. */
  readonly error: string | null;
};

export async function recordDelivery(id: string, attempt: DeliveryAttempt): Promise<void> {
  const { destination, target, fromSize, toSize, attemptedAt, error } = attempt;
  await pool().query(
    `INSERT INTO checkpoint_deliveries (id, destination, target, from_size, to_size, attempted_at, error)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, destination, target, fromSize, toSize, attemptedAt, error],
  );
}

/** The last attempt at a destination; null before the first. */
export async function lastAttempt(destination: string, target: string): Promise<DeliveryAttempt | null> {
  const [last] = await find("WHERE destination = $1 AND target = $2 ORDER BY attempted_at DESC LIMIT 1", [
    destination,
    target,
  ]);
  return last ?? null;
}

/** The last delivery that arrived at a destination; null before the first. */
export async function lastDelivery(destination: string, target: string): Promise<DeliveryAttempt | null> {
  const [last] = await find(
    "WHERE destination = $1 AND target = $2 AND error IS NULL ORDER BY to_size DESC LIMIT 1",
    [destination, target],
  );
  return last ?? null;
}

/** Attempts that concern a checkpoint of these sizes, newest first. */
export async function attemptsBetween(fromSize: number, toSize: number): Promise<readonly DeliveryAttempt[]> {
  return find("WHERE to_size >= $1 AND from_size <= $2 ORDER BY attempted_at DESC LIMIT 2000", [
    fromSize,
    toSize,
  ]);
}

type Row = Omit<DeliveryAttempt, "fromSize" | "toSize" | "attemptedAt"> & {
  from_size: string;
  to_size: string;
  attempted_at: Date;
};

async function find(where: string, values: readonly unknown[]): Promise<readonly DeliveryAttempt[]> {
  const { rows } = await pool().query<Row>(
    `SELECT destination, target, from_size, to_size, attempted_at, error FROM checkpoint_deliveries ${where}`,
    [...values],
  );
  return rows.map(({ from_size, to_size, attempted_at, ...row }) => ({
    ...row,
    fromSize: Number(from_size),
    toSize: Number(to_size),
    attemptedAt: attempted_at.toISOString(),
  }));
}
