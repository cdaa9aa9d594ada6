import { startAppServer, type AppServer, type AppServerOptions } from "#scripts/runtime/app-server.ts";
import { freePort } from "#scripts/runtime/free-port.ts";
import { startNginx } from "./peers/nginx.ts";

export type Servers = {
  /** Where browsers reach them: nginx, which hands requests out in turn. */
  readonly url: string;
  readonly each: readonly AppServer[];
  readonly stop: () => Promise<void>;
};

/** Servers of the built app on one database, behind a real nginx. */
export async function startServers(
  count: number,
  { appDatabaseUrl, secret, signingKey }: Pick<AppServerOptions, "appDatabaseUrl" | "secret" | "signingKey">,
): Promise<Servers> {
  const front = await freePort();
  const url = `http://127.0.0.1:${front}`;
  const each: AppServer[] = [];
  for (let index = 0; index < count; index += 1) {
    each.push(
      await startAppServer({
        host: "127.0.0.1",
        port: await freePort(),
        distDir: ".next-test",
        appDatabaseUrl,
        secret,
        signingKey,
        evaluation: false,
        origin: url,
        output: "ignore",
      }),
    );
  }
  const nginx = await startNginx(
    front,
    each.map((server) => server.url),
  );
  return {
    url,
    each,
    stop: async () => {
      await nginx.stop();
      for (const server of each) await server.stop();
    },
  };
}
