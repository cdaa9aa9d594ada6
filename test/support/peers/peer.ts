import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

export type Peer = { readonly stop: () => Promise<void> };

/** Starts a program and waits until it answers; its last words stand in the error when it does not. */
export async function startPeer(
  program: string,
  args: readonly string[],
  isReady: () => Promise<boolean>,
): Promise<Peer> {
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  let words = "";
  const listen = (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-2_000);
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended:\n${words}`);
    if (await isReady().catch(() => false)) return { stop };
    await sleep(100);
  }
  await stop();
  throw new Error(`${program} did not answer:\n${words}`);
}
