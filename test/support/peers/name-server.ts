import { createSocket } from "node:dgram";
import { Resolver, type LookupAddress } from "node:dns";
import { decode, encode } from "dns-packet";
import type { Lookup } from "#lib/evidence/outside/guarded-lookup.ts";

/** The addresses that a name has when it is asked for the nth time, counted from 0. */
export type Zone = (name: string, time: number) => readonly string[];

export type NameServer = {
  readonly lookup: Lookup;
  /** Where it listens, with its port. */
  readonly address: string;
  /** How often each name was asked for. */
  readonly asked: ReadonlyMap<string, number>;
  readonly stop: () => void;
};

/** A DNS server over UDP whose answers may change from one question to the next, with TTL 0. */
export async function startNameServer(zone: Zone): Promise<NameServer> {
  const asked = new Map<string, number>();
  const socket = createSocket("udp4");
  socket.on("message", (message, from) => {
    const { id, questions = [] } = decode(message);
    const answers = questions.flatMap(({ name, type }) => {
      if (type !== "A") return [];
      const time = asked.get(name) ?? 0;
      asked.set(name, time + 1);
      return zone(name, time).map((data) => ({ type: "A" as const, name, ttl: 0, data }));
    });
    socket.send(
      encode({ type: "response", ...(id === undefined ? {} : { id }), questions, answers }),
      from.port,
      from.address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const address = `127.0.0.1:${socket.address().port}`;
  const resolver = new Resolver();
  resolver.setServers([address]);
  const lookup: Lookup = (hostname, _options, callback) =>
    resolver.resolve4(hostname, (error, addresses) =>
      callback(
        error,
        (addresses ?? []).map((address): LookupAddress => ({ address, family: 4 })),
      ),
    );
  return { lookup, address, asked, stop: () => socket.close() };
}
