import { startAppServer, type AppServer } from "#scripts/runtime/app-server.ts";
import { ensureBuild } from "#scripts/runtime/build.ts";
import { freePort } from "#scripts/runtime/free-port.ts";
import type { ProofDatabase } from "./database.ts";

/** Runs a task with the built app on a proof's database. */
export async function withAppServer<T>(
  { urls, secret, signingKey }: ProofDatabase,
  task: (url: string, server: AppServer) => Promise<T>,
  { clockFile, output = "ignore" }: { clockFile?: string; output?: "ignore" | "pipe" } = {},
): Promise<T> {
  await ensureBuild(".next-test", () => undefined);
  const server = await startAppServer({
    host: "127.0.0.1",
    port: await freePort(),
    distDir: ".next-test",
    appDatabaseUrl: urls.app,
    secret,
    signingKey,
    evaluation: false,
    clockFile,
    output,
  });
  try {
    return await task(server.url, server);
  } finally {
    await server.stop();
  }
}
