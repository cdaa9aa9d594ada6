import { expect, test } from "vitest";
import { callerAddress, proxyHopsFrom } from "#scripts/runtime/caller-address.ts";

test.each([
  ["no proxy: what a caller writes is nothing", "1.2.3.4", "9.9.9.9", 0, "9.9.9.9"],
  ["no proxy, nothing written", "", "9.9.9.9", 0, "9.9.9.9"],
  ["one proxy: what it appended", "6.6.6.6, 1.2.3.4", "10.0.0.1", 1, "1.2.3.4"],
  ["two proxies: what the outer one appended", "6.6.6.6, 1.2.3.4, 10.0.0.2", "10.0.0.1", 2, "1.2.3.4"],
  ["somebody who goes round the outer proxy", "10.0.0.2", "10.0.0.1", 2, "10.0.0.1"],
  ["no address", "6.6.6.6, unknown", "10.0.0.1", 1, "10.0.0.1"],
  ["nothing appended", "", "10.0.0.1", 1, "10.0.0.1"],
  ["IPv6", "2001:DB8::1", "::1", 1, "2001:db8::1"],
  ["IPv4 in IPv6", "", "::ffff:10.0.0.1", 0, "10.0.0.1"],
  ["a connection that is gone", "1.2.3.4", undefined, 0, ""],
])("%s", (_title, forwarded, peer, hops, expected) => {
  expect(callerAddress(forwarded, peer, hops)).toBe(expected);
});

test("the setting is a number of proxies", () => {
  expect([undefined, "", "0", "1", "10"].map(proxyHopsFrom)).toEqual([0, 0, 0, 1, 10]);
  for (const wrong of ["-1", "11", "1.5", "one", "true", " 1"])
    expect(() => proxyHopsFrom(wrong)).toThrow("COUNTERSIGN_PROXY_HOPS must be a number");
});
