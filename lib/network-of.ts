import ipaddr from "ipaddr.js";

/** Whoever calls from an address: who has one of IPv6 has the 2^64 of its network, which are one caller. */
export function networkOf(from: string): string {
  const address = from.split("%")[0] ?? "";
  if (!ipaddr.isValid(address)) return from;
  const caller = ipaddr.process(address);
  return caller.kind() === "ipv4"
    ? caller.toString()
    : ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString();
}
