import { expect, test } from "vitest";
import { createResolve } from "#lib/evidence/outside/names.ts";
import { Unreadable } from "#lib/evidence/unreadable.ts";
import { startNameServer } from "#test/support/peers/name-server.ts";
import { SERVICE_CHECKS } from "#lib/domain/inputs/service-checks.ts";

const accepts = (server: string) =>
  SERVICE_CHECKS.dns.safeParse({
    records: [{ name: "example.com", type: "A", expected: ["192.0.2.1"] }],
    resolvers: [server],
  }).success;

test.each(["192.0.2.1", "192.0.2.1:53", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:5353"])(
  "%s is a name server",
  (server) => expect(accepts(server)).toBe(true),
);

test("port 0 is none", () => expect(accepts("8.8.8.8:0")).toBe(false));

test.each(["8.8.8.8:abc", "8.8.8.8:99999", "8.8.8", "dns.example.com", "[8.8.8.8", ":53", "999.1.1.1"])(
  "%s is none, and one that got in all the same is unreadable",
  async (server) => {
    expect(accepts(server)).toBe(false);
    const resolve = createResolve({ allowedRanges: [], timeoutMs: 300 });
    await expect(resolve("example.com", "A", server)).rejects.toThrow(Unreadable);
  },
);

test("of a private address that may not be reached the machine's own name server tells nothing; a given one tells all", async () => {
  const ZONE: Readonly<Record<string, readonly string[]>> = {
    "www.example.com": ["93.184.215.14"],
    "vault.corp.internal": ["10.0.3.7"],
    "both.example.com": ["93.184.215.14", "192.168.7.1"],
  };
  const names = await startNameServer((name) => ZONE[name] ?? []);
  const asking = (allowedRanges: readonly string[]) =>
    createResolve({ allowedRanges, timeoutMs: 3_000, ownServer: names.address });
  const resolve = asking(["127.0.0.0/8"]);
  try {
    expect(await resolve("www.example.com", "A", null)).toEqual(ZONE["www.example.com"]);
    for (const name of ["vault.corp.internal", "both.example.com"]) {
      expect(await resolve(name, "A", null)).toEqual(await resolve("gone.example.com", "A", null));
      expect(await resolve(name, "A", names.address)).toEqual(ZONE[name]);
    }
    expect(await asking(["10.0.0.0/8"])("vault.corp.internal", "A", null)).toEqual(["10.0.3.7"]);
    expect(await resolve("gone.example.com", "A", null)).toEqual([]);
  } finally {
    names.stop();
  }
});
