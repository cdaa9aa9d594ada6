import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Prefixes that carry an IPv4 address inside an IPv6 one. */
const NAT64 = ipaddr.IPv6.parseCIDR("64:ff9b::/96");
/** Where Azure's platform answers its machines, their secrets among it: public by its number alone. */
const OF_A_PLATFORM = "168.63.129.16";
/** All that is public today; what lies outside is unassigned, whatever a library calls it. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Why an IP address may not be reached, or null when it may: everything but public unicast is refused
 * unless one of the administrator's ranges (CIDR) holds it. An address inside another one counts too.
 */
export function refusalOf(text: string, allowedRanges: readonly string[]): string | null {
  const bare = text.replace(/^\[|\]$/g, "").split("%")[0] ?? "";
  if (!ipaddr.isValid(bare)) return "is not an IP address";
  const address = unwrapped(ipaddr.process(bare));
  if (allowedRanges.some((range) => holds(range, address))) return null;
  return isPublic(address) ? null : "is a private address that this installation does not allow";
}

function isPublic(address: Address): boolean {
  if (address.range() !== "unicast") return false;
  return "toIPv4Address" in address ? address.match(GLOBAL_UNICAST) : address.toString() !== OF_A_PLATFORM;
}

function unwrapped(address: Address): Address {
  if (address.kind() !== "ipv6" || !("match" in address)) return address;
  return address.match(NAT64) ? ipaddr.fromByteArray(address.toByteArray().slice(12)) : address;
}

function holds(range: string, address: Address): boolean {
  const [network, bits] = ipaddr.parseCIDR(range);
  return network.kind() === address.kind() && address.match([network, bits]);
}
