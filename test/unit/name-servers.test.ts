import { expect, test } from "vitest";
import { createResolve } from "#lib/evidence/outside/names.ts";
import { Unreadable } from "#lib/evidence/unreadable.ts";
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
