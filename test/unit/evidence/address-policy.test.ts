import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createOutside } from "#lib/evidence/outside/create-outside.ts";
import { refusalOf } from "#lib/evidence/outside/address-policy.ts";

const REFUSED = [
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "100.64.0.1",
  "100.127.255.254",
  "127.0.0.1",
  "127.1.2.3",
  "127.255.255.254",
  "169.254.0.1",
  "169.254.169.254",
  "168.63.129.16",
  "169.254.170.2",
  "100.100.100.200",
  "192.0.0.192",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.2.1",
  "192.168.0.1",
  "192.168.255.255",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.7",
  "203.0.113.9",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "192.88.99.1",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "::ffff:169.254.169.254",
  "::ffff:168.63.129.16",
  "::ffff:7f00:1",
  "::127.0.0.1",
  "64:ff9b::127.0.0.1",
  "64:ff9b::10.0.0.1",
  "64:ff9b::a9fe:a9fe",
  "64:ff9b::a83f:8110",
  "fc00::1",
  "fd00:ec2::254",
  "fd20:ce::254",
  "fdff::1",
  "fe80::1",
  "fe80::1%eth0",
  "febf::1",
  "ff02::1",
  "2001:db8::1",
  "2001::1",
  "2002:7f00:1::",
  "2002:a00:1::1",
  "100::1",
  "[::1]",
  "1::1",
  "100:0:0:1::1",
  "4000::1",
  "::fffe:7f00:1",
  "64:ff9b:1::7f00:1",
  "fec0::1",
] as const;

test.each(REFUSED)("%s is refused", (address) => {
  expect(refusalOf(address, [])).not.toBeNull();
});

test.each([
  "1.1.1.1",
  "8.8.8.8",
  "93.184.215.14",
  "168.63.129.15",
  "168.63.129.17",
  "2606:4700:4700::1111",
  "2a00:1450:4001:81b::200e",
  "64:ff9b::808:808",
])("%s is public", (address) => {
  expect(refusalOf(address, [])).toBeNull();
});

test("the administrator's ranges open what they hold and no more", () => {
  expect(refusalOf("10.1.2.3", ["10.1.0.0/16"])).toBeNull();
  expect(refusalOf("::ffff:10.1.2.3", ["10.1.0.0/16"])).toBeNull();
  expect(refusalOf("10.2.0.1", ["10.1.0.0/16"])).not.toBeNull();
  expect(refusalOf("fd12::1", ["fd12::/16"])).toBeNull();
  expect(refusalOf("127.0.0.1", ["10.0.0.0/8", "fd00::/8"])).not.toBeNull();
  expect(refusalOf("168.63.129.16", ["168.63.129.16/32"])).toBeNull();
});

let listener: Server;
let listener6: Server | null = null;
let reached = 0;
let port: number;

beforeAll(async () => {
  const count = () =>
    createServer((_request, response) => {
      reached += 1;
      response.end("inside");
    }).on("connection", () => {
      reached += 1;
    });
  listener = count();
  await new Promise<void>((resolve) => listener.listen(0, "0.0.0.0", resolve));
  // `listen` on a port gives the address with that port.
  port = (listener.address() as AddressInfo).port;
  listener6 = await new Promise<Server | null>((resolve) => {
    const server = count();
    server.once("error", () => resolve(null));
    server.listen(port, "::1", () => resolve(server));
  });
});

afterAll(() => {
  listener.close();
  listener6?.close();
});

/** More than 200 ways to write an address inside. */
function waysIn(): readonly string[] {
  const loopback = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0x7f.1",
    "017700000001",
    "0177.0.0.1",
    "0177.1",
    "127.000.000.001",
    "0x7f.0x0.0x0.0x1",
    "127.0.0.1.",
    "localhost",
    "LOCALHOST",
    "LocalHost.",
    "localhost.localdomain",
    "ip6-localhost",
    "0",
    "0.0.0.0",
    "00000000",
    "0x0",
    "127.127.127.127",
    "127.0.0.254",
  ];
  const metadata = [
    "169.254.169.254",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "169.254.43518",
    "0xa9.0xfe.0xa9.0xfe",
  ];
  const private4 = [
    "10.0.0.1",
    "167772161",
    "0xa000001",
    "012.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "3232235777",
    "0xc0a80101",
    "100.64.0.1",
    "198.18.0.1",
  ];
  const v6 = [
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[::127.0.0.1]",
    "[::7f00:1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::127.0.0.1]",
    "[fe80::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[2002:7f00:1::]",
    "[2001:db8::1]",
    "[ff02::1]",
    "[::ffff:a9fe:a9fe]",
    "[::ffff:10.0.0.1]",
  ];
  const dots = ["127。0。0。1", "127．0．0．1", "①②⑦.⓪.⓪.①", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "１２７.0.0.1", "loc\u00adalhost"];
  const hosts = [...loopback, ...metadata, ...private4, ...v6, ...dots];
  const plain = hosts.flatMap((host) => [
    `http://${host}:${port}/`,
    `https://${host}:${port}/`,
    `http://${host}:${port}/?next=https://example.com`,
  ]);
  const dressed = [
    `http://user@127.0.0.1:${port}/`,
    `http://user:secret@127.0.0.1:${port}/`,
    `http://example.com@127.0.0.1:${port}/`,
    `http://127.0.0.1:${port}#@example.com/`,
    `http://127.0.0.1:${port}\\@example.com/`,
    `http:127.0.0.1:${port}`,
    `http:/127.0.0.1:${port}/`,
    `http:///127.0.0.1:${port}/`,
    `HTTP://127.0.0.1:${port}/`,
    ` http://127.0.0.1:${port}/ `,
    `http://127.0.0.1\t:${port}/`,
    `http://127.0.0.1:0${port}/`,
    "file:///etc/passwd",
    `gopher://127.0.0.1:${port}/_`,
    `ftp://127.0.0.1:${port}/`,
    `dict://127.0.0.1:${port}/`,
    "data:text/plain,inside",
    `ws://127.0.0.1:${port}/`,
    "javascript:alert(1)",
    "//127.0.0.1/",
    "",
  ];
  return [...plain, ...dressed];
}

test("no way of writing an address gets a connection inside", async () => {
  const { get, tls, resolve } = createOutside({
    allowedRanges: [],
    credentials: {},
    extraCa: [],
    timeoutMs: 2_000,
  });
  const ways = waysIn();
  expect(ways.length).toBeGreaterThan(200);
  await Promise.all(ways.map((way) => expect(get(way), way).rejects.toMatchObject({ name: "Unreadable" })));
  for (const host of ["127.0.0.1", "::1", "localhost", "169.254.169.254"]) {
    await expect(tls(host, port), host).rejects.toMatchObject({ name: "Unreadable" });
  }
  for (const server of [
    "127.0.0.1",
    `127.0.0.1:${port}`,
    "::1",
    `[::1]:${port}`,
    "10.0.0.1:53",
    "localhost",
    "not an address",
  ]) {
    await expect(resolve("example.com", "A", server), server).rejects.toMatchObject({ name: "Unreadable" });
  }
  expect(reached).toBe(0);
}, 60_000);
