import { closePool } from "#lib/db/pool.ts";
import { joinTestApp, startTestApp, type TestApp } from "#test/support/app.ts";

/**
 * Runs a task on the built app with a database of its own; the services of this process share both.
 * What the app writes appears here, or goes to `heard`.
 */
export async function withApp<T>(
  task: (app: TestApp) => Promise<T>,
  heard?: (text: string) => void,
): Promise<T> {
  const app = await startTestApp(heard);
  const stop = async () => {
    await closePool();
    await app.stop();
  };
  const interrupted = () => void stop().finally(() => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupted);
  try {
    joinTestApp(app);
    return await task(app);
  } finally {
    await stop();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, interrupted);
  }
}
