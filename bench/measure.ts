import { percentile } from "./percentile.ts";

export type Measured = {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly failures: number;
};

/** Runs a task from so many clients at once for so many seconds, after warming up. */
export async function measure(
  clients: number,
  seconds: number,
  task: (client: number, turn: number) => Promise<boolean>,
): Promise<Measured> {
  await drive(clients, Math.min(2, seconds), task);
  const began = performance.now();
  const { latencies, failures } = await drive(clients, seconds, task);
  const elapsed = (performance.now() - began) / 1000;
  const at = (percent: number) => percentile(latencies, percent);
  return { perSecond: latencies.length / elapsed, p50: at(50), p95: at(95), p99: at(99), failures };
}

let turns = 0;

async function drive(
  clients: number,
  seconds: number,
  task: (client: number, turn: number) => Promise<boolean>,
) {
  const until = performance.now() + seconds * 1000;
  const latencies: number[] = [];
  let failures = 0;
  const run = async (client: number) => {
    while (performance.now() < until) {
      const start = performance.now();
      turns += 1;
      const ok = await task(client, turns);
      latencies.push(performance.now() - start);
      if (!ok) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_none, client) => run(client)));
  return { latencies, failures };
}
