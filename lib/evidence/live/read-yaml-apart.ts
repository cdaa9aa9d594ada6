import { TooMuchWaiting } from "#lib/fair-turns.ts";
import { BeyondLimits, createThread } from "#lib/limited-thread.ts";
import { Unreadable } from "../unreadable.ts";
import type { YamlAnswer, YamlTask } from "./yaml-worker.ts";

const SECONDS = 10;
const WAITING_CHARACTERS = 40_000_000;

const inThread = createThread<YamlTask, YamlAnswer>({
  file: "lib/evidence/live/yaml-worker.ts",
  seconds: SECONDS,
  megabytes: 512,
  waitingAtMost: WAITING_CHARACTERS,
});

/**
 * Every document of YAML that an address answered, read in a thread of its own, by turns of the hosts that
 * answer: nothing from outside keeps the process from its other work. What takes more than ten seconds or
 * half a gigabyte is `Unreadable`, as is what is no YAML.
 */
export async function readYamlApart(text: string, what: string, host: string): Promise<readonly unknown[]> {
  const turn = { who: host, weight: text.length };
  const answer = await inThread({ text, what }, turn, false).catch((error: unknown) => {
    if (error instanceof BeyondLimits) throw new Unreadable(`Not ${what}: it takes too long to read`);
    if (error instanceof TooMuchWaiting) throw new Unreadable(`${host} answers more than can be read now`);
    throw error;
  });
  if ("unreadable" in answer) throw new Unreadable(answer.unreadable);
  return answer.documents;
}
