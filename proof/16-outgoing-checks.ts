import type { Figures, Report } from "#scripts/proof/promise.ts";
import type { Outside } from "#lib/evidence/outside.ts";
import { createOutside } from "#lib/evidence/outside/create-outside.ts";
import { Unreadable } from "#lib/evidence/unreadable.ts";
import { startNameServer } from "#test/support/peers/name-server.ts";
import { insideHosts, misleading } from "./support/address-forms.ts";
import { hold, refute } from "./support/counter-example.ts";
import { countConnections, openDoorway, type Counter, type Doorway } from "./support/doorway.ts";
import { inParallel } from "./support/in-parallel.ts";
import { randomFrom } from "./support/random.ts";

export const title = "Outgoing checks reach nothing inside, however its address is written or come by";
export const sizes = { unit: "address forms", ci: 200, long: 20_000 };

const INSIDE = "127.0.0.1";
/** Stand in for the public web, since no proof leaves the machine: one that sends on, one where nobody answers. */
const DOORWAY = "127.0.0.9";
const PUBLIC = "127.0.0.8";
/** What is said after a connection was tried, which only names of the public stand-in may lead to. */
const TRIED =
  /does not answer|takes too long|too long\)|\((?:ECONN\w+|ETIMEDOUT|E\w+UNREACH|UND_\w+|no connection)\)/;
const REDIRECTS = [301, 302, 303, 307, 308];

/** Every form directly, behind each kind of redirect, as a TLS peer and as a name server. */
export async function run(size: number, report: Report, seed: number): Promise<Figures> {
  const counter = await countConnections();
  const doorway = await openDoorway(DOORWAY);
  const names = await startNameServer((name, time) => {
    if (name.startsWith("public.")) return [PUBLIC];
    if (name.startsWith("both-")) return [PUBLIC, INSIDE];
    return name.startsWith("turning-") && time % 2 === 0 ? [PUBLIC] : [INSIDE];
  });
  const options = { credentials: {}, extraCa: [], timeoutMs: 5_000 };
  const outside = createOutside({
    ...options,
    allowedRanges: [`${DOORWAY}/32`, `${PUBLIC}/32`],
    lookup: names.lookup,
  });
  try {
    const hosts = [...insideHosts(size, randomFrom(seed))];
    const tries = hosts.flatMap((host) => triesOf(host, outside, counter, doorway));
    const more = triesOfMachine(createOutside({ ...options, timeoutMs: 10_000, allowedRanges: [] }), counter);
    report(`${hosts.length} forms, ${tries.length + more.length} tries`);
    await inParallel(16, [...tries, ...more], refused);
    hold(counter.connections() === 0, `${counter.connections()} connections reached the inside`);
    await holdThatNamesAreAskedOnce(outside, counter, names.asked);
    await holdThatItCounts(counter);
    return {
      "address forms": hosts.length,
      tries: tries.length + more.length,
      refused: tries.length + more.length,
      "connections inside": 0,
    };
  } finally {
    for (const each of [counter, doorway, names]) each.stop();
  }
}

type Try = { readonly name: string; readonly go: () => Promise<unknown> };

function triesOf(host: string, outside: Outside, { port }: Counter, doorway: Doorway): readonly Try[] {
  const get = (address: string) => ({ name: `GET ${address}`, go: async () => outside.get(address) });
  const [bare, place] = [host.replaceAll(/^\[|\]$/g, ""), `${host}:${port}`];
  return [
    get(`http://${place}/`),
    ...misleading(place).map(get),
    ...REDIRECTS.map((status) => get(doorway.to(`http://${place}/`, status))),
    get(doorway.to(`//${place}/`, 302)),
    get(doorway.to(doorway.to(`http://${place}/`, 307), 301)),
    { name: `TLS ${place}`, go: async () => outside.tls(bare, port) },
    { name: `a name server at ${place}`, go: async () => outside.resolve("a.example.com", "A", place) },
  ];
}

/** Names that the machine itself knows for its inside. */
function triesOfMachine(outside: Outside, { port }: Counter): readonly Try[] {
  return ["localhost", "LOCALHOST"].flatMap((host) => [
    { name: `GET ${host}`, go: async () => outside.get(`http://${host}:${port}/`) },
    { name: `TLS ${host}`, go: async () => outside.tls(host, port) },
  ]);
}

async function refused({ name, go }: Try): Promise<void> {
  const said = await go().then(
    (answer: unknown) => refute(`${name} was answered: ${JSON.stringify(answer).slice(0, 200)}`),
    (error: unknown) => error,
  );
  hold(said instanceof Unreadable, `${name} ends in ${String(said)}`);
  // A line break in an address is no part of it.
  const host = name.replaceAll(/[\t\r\n]/g, "");
  hold(/public\.|turning-/.test(host) || !TRIED.test(said.message), `${name} was tried: ${said.message}`);
}

/** The address that was checked is the one that is used: no second question, which might be answered otherwise. */
async function holdThatNamesAreAskedOnce(
  outside: Outside,
  { port }: Counter,
  asked: ReadonlyMap<string, number>,
): Promise<void> {
  const host = "turning-once.example.com";
  await outside.get(`http://${host}:${port}/`).catch(() => undefined);
  await outside.tls(host, port).catch(() => undefined);
  hold(asked.get(host) === 2, `two tries asked ${asked.get(host)} times for an address`);
}

/** With the administrator's leave the same listener does count. */
async function holdThatItCounts(counter: Counter): Promise<void> {
  const allowed = createOutside({ allowedRanges: ["127.0.0.0/8"], credentials: {}, extraCa: [] });
  await allowed.get(`http://${INSIDE}:${counter.port}/`).catch(() => undefined);
  hold(counter.connections() === 1, "the listener counts nothing");
}
