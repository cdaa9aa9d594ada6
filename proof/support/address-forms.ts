import type { Random } from "./random.ts";

/** IPv4 networks that are nobody's from outside: first address and the bits that stay free. */
const INSIDE: readonly (readonly [first: string, free: number])[] = [
  ["127.0.0.0", 24],
  ["10.0.0.0", 24],
  ["172.16.0.0", 20],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["100.64.0.0", 22],
  ["198.18.0.0", 17],
  ["0.0.0.0", 24],
  ["192.0.0.0", 8],
  ["224.0.0.0", 28],
  ["240.0.0.0", 28],
];
/** Where a listener stands, and where a cloud keeps its secrets. */
const FIRST = ["127.0.0.1", "0.0.0.0", "127.255.255.254", "169.254.169.254", "168.63.129.16"];

/** So many hosts, as an address has them, each an inside address in one of its written forms. */
export function* insideHosts(count: number, random: Random): Generator<string> {
  for (let made = 0, turn = 0; made < count; turn += 1) {
    for (const host of formsOf(FIRST[turn] ?? addressFrom(random))) {
      if (made === count) return;
      made += 1;
      yield host;
    }
  }
}

/** One IPv4 address in every form that some resolver, parser or network takes for it. */
export function formsOf(address: string): readonly string[] {
  const parts = address.split(".").map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = number.toString(16).padStart(8, "0");
  const [high, low] = [hex.slice(0, 4), hex.slice(4)];
  const octal = (value: number) => `0${value.toString(8)}`;
  return [
    address,
    `${address}.`,
    String(number),
    `0x${hex}`,
    `0X${hex.toUpperCase()}`,
    octal(number),
    `000000${octal(number)}`,
    parts.map((part) => `0x${part.toString(16)}`).join("."),
    parts.map(octal).join("."),
    parts.map((part) => octal(part).padStart(8, "0")).join("."),
    `${a}.${number % 2 ** 24}`,
    `${a}.${b}.${number % 2 ** 16}`,
    `0x${a.toString(16)}.${octal(b)}.${c}.${d}`,
    `${a}.0x${(number % 2 ** 24).toString(16)}`,
    parts.join("\u3002"),
    parts.join("\uff0e"),
    parts.join("\uff61"),
    inDigitsFrom(address, 0xff10),
    address.replaceAll(/[1-9]/g, (digit) => String.fromCodePoint(0x2460 + Number(digit) - 1)),
    [...address].map((character) => `%${character.charCodeAt(0).toString(16)}`).join(""),
    `[::ffff:${address}]`,
    `[::ffff:${high}:${low}]`,
    `[0:0:0:0:0:FFFF:${high}:${low}]`,
    `[::ffff:0:${address}]`,
    `[::${address}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b::${high}:${low}]`,
    `[64:ff9b:1::${high}:${low}]`,
    `[2002:${high}:${low}::]`,
    `[2002:${high}:${low}::1]`,
    `[2001:0:${high}:${low}::1]`,
    `[2001:0:4136:e378:8000:63bf:${complement(high)}:${complement(low)}]`,
    `[fe80::5efe:${address}]`,
    "[::1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[::]",
    `[fc00::${high}:${low}]`,
    `[fd12:3456::${high}:${low}]`,
    `[fe80::${high}:${low}]`,
    `[fec0::${high}:${low}]`,
    `[ff02::${low}]`,
    `[100::${low}]`,
    `[2001:db8::${low}]`,
    `inside-${hex}.example.com`,
    `both-${hex}.example.com`,
    `turning-${hex}.example.com`,
    `${address}.example.com`,
  ];
}

/** Addresses whose parts mislead: what looks like the host is none, or the other way round. */
export function misleading(host: string): readonly string[] {
  return [
    `http://public.example.com@${host}/`,
    `http://public.example.com:80@${host}/`,
    `http://${host}#@public.example.com/`,
    `http://${host}?@public.example.com/`,
    `http://public.example.com\\@${host}/`,
    `http:\\\\${host}\\`,
    `http:/${host}/`,
    `http:///${host}/`,
    `  http://${host}/`,
    `ht\ttp://${host}/`,
    `http://${host.slice(0, 3)}\n${host.slice(3)}/`,
    `HTTP://${host}/`,
    `https://${host}/`,
    `ftp://${host}/`,
    `ws://${host}/`,
    `gopher://${host}/_GET`,
    `file://${host}/etc/passwd`,
    `blob:http://${host}/`,
  ];
}

function addressFrom(random: Random): string {
  const [first, free] = random.pick(INSIDE);
  const base = first.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const number = base + random.below(2 ** free);
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");
}

function inDigitsFrom(address: string, zero: number): string {
  return address.replaceAll(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

function complement(group: string): string {
  return (0xffff - Number.parseInt(group, 16)).toString(16);
}
