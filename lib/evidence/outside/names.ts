import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import type { DnsType } from "../outside.ts";
import { Unreadable } from "../unreadable.ts";
import { refusalOf } from "./address-policy.ts";

type Options = {
  readonly allowedRanges: readonly string[];
  readonly timeoutMs: number;
  /** What the machine says, unless a test brings a name server of its own. */
  readonly ownServer?: string;
};

const NOTHING = ["ENOTFOUND", "ENODATA"];

/**
 * Asks a given name server, or the machine's own, for the records of a name. The machine's knows the names
 * of its network, so that its addresses are told only where they may be reached; of others it seems to know none.
 */
export function createResolve({ allowedRanges, timeoutMs, ownServer }: Options) {
  const records = async (name: string, type: DnsType, server: string | null): Promise<readonly string[]> => {
    const resolver = new Resolver({ timeout: Math.floor(timeoutMs / 3), tries: 2 });
    const asked = server === null ? ownServer : serverFrom(server, allowedRanges);
    try {
      if (asked !== undefined) resolver.setServers([asked]);
      return await ask(resolver, name, type);
    } catch (error) {
      const code =
        typeof error === "object" && error !== null && "code" in error ? String(error.code) : "no answer";
      if (NOTHING.includes(code)) return [];
      throw new Unreadable(`${server ?? "The name server"} does not answer for ${name} (${code})`);
    }
  };
  return async (name: string, type: DnsType, server: string | null): Promise<readonly string[]> => {
    const answers = await records(name, type, server);
    const isToldAll = server !== null || (type !== "A" && type !== "AAAA");
    return isToldAll || answers.every((address) => refusalOf(address, allowedRanges) === null) ? answers : [];
  };
}

function serverFrom(text: string, allowedRanges: readonly string[]): string {
  const address =
    /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? (isIP(text) === 6 ? text : (text.split(":")[0] ?? ""));
  if (isIP(address) === 0) throw new Unreadable(`${text} is no address of a name server`);
  const refusal = refusalOf(address, allowedRanges);
  if (refusal !== null) throw new Unreadable(`${address} ${refusal}`);
  return text;
}

async function ask(resolver: Resolver, name: string, type: DnsType): Promise<readonly string[]> {
  switch (type) {
    case "A":
      return resolver.resolve4(name);
    case "AAAA":
      return resolver.resolve6(name);
    case "CNAME":
      return resolver.resolveCname(name);
    case "MX":
      return (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`);
    case "TXT":
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(""));
  }
}
