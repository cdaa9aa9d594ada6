import { gzipSync } from "node:zlib";
import { request } from "node:http";
import { beforeAll, expect, inject, test } from "vitest";
import { CHECKERS } from "#lib/evidence/registry.ts";
import { allItems } from "#lib/domain/checklist.ts";
import { callApi, tokenOf } from "#test/support/api-client.ts";
import { eventTypes, load, makeTeam, openRecord } from "#test/support/factories.ts";
import { memoryBelow } from "#test/support/process-memory.ts";

let token: string;
let id: string;
let before: readonly string[];

beforeAll(async () => {
  const team = await makeTeam();
  token = await tokenOf(team.lead, "read", "write");
  id = await openRecord(team, { targets: ["kubernetes", "aws-ecs", "fly-io"] });
  before = await eventTypes(id);
});

/** A request that takes longer hangs; generous, since a busy machine is no fault. */
const HANGS_MS = 20_000;
const deep = (open: string, close: string) => open.repeat(10_000) + close.repeat(10_000);
const VALUES: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  1e308,
  true,
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\u202e",
  "x".repeat(10_001),
  [],
  [[]],
  {},
  { a: 1 },
  { __proto__: null, constructor: 1 },
  ["a"],
  "../../etc/passwd",
  "javascript:alert(1)",
  "2026-13-45",
  "9".repeat(400),
];
const FIELDS = [
  "service",
  "version",
  "commit",
  "environment",
  "deploymentAt",
  "deployedBy",
  "targets",
  "signOffPlace",
  "links",
  "slo",
  "predecessorId",
  "unknownField",
];
const GOOD = {
  service: "hostile",
  version: "1.0.0",
  commit: "3f9c2ab",
  environment: "production",
  deploymentAt: "2030-01-01T00:00:00Z",
  deployedBy: "nobody@test.example",
  targets: [],
  signOffPlace: "go-no-go",
  links: [],
  predecessorId: null,
};

type Case = readonly [
  what: string,
  method: string,
  path: string,
  body: unknown,
  headers?: Record<string, string>,
];

const json = { "content-type": "application/json" };

/** More than 200 requests that must each get their 4xx. */
function cases(): readonly Case[] {
  const item = `/deployments/${id}/items/cdn`;
  const fields: Case[] = FIELDS.flatMap((field) =>
    VALUES.map((value): Case => [
      `${field} is ${JSON.stringify(value).slice(0, 30)}`,
      "POST",
      "/deployments",
      { ...GOOD, [field]: value },
    ]),
  );
  const bodies = [
    "",
    "{",
    "nul",
    "[]",
    "42",
    '"x"',
    deep("[", "]"),
    deep('{"a":', "}").replace("}", "1}"),
    "\u0000",
    '{"reason":"a"}{"reason":"b"}',
    '{"__proto__":{"reason":"x"}}',
    '{"reason":{"toString":1}}',
    '{"reason":"\\u0000"}',
    '{"reason":"\\ud800"}',
  ];
  const paths = [
    "..%2f..%2fetc",
    "%00",
    "%",
    "%zz",
    "a".repeat(5_000),
    "'; DROP TABLE events; --",
    "<script>",
    "CDN",
    "cdn%0d%0aX-A:1",
  ];
  return [
    ...fields,
    ...bodies.flatMap((body): Case[] => [
      [`cancellation ${body.slice(0, 20)}`, "POST", `/deployments/${id}/cancellation`, body, json],
      [`waiver ${body.slice(0, 20)}`, "PUT", `${item}/waiver`, body === "{}" ? "[]" : body, json],
      [`evidence ${body.slice(0, 20)}`, "POST", `${item}/evidence`, body, json],
    ]),
    ...paths.flatMap((path): Case[] => [
      [`item ${path.slice(0, 20)}`, "PUT", `/deployments/${id}/items/${path}/completion`, undefined],
      [`record ${path.slice(0, 20)}`, "GET", `/deployments/${path}`, undefined],
      [`gate ${path.slice(0, 20)}`, "GET", `/deployments/${id}/gates/${path}`, undefined],
      [
        `file name ${path.slice(0, 20)}`,
        "POST",
        `${item}/evidence?name=${encodeURIComponent(`a/${path}`)}`,
        "x",
      ],
    ]),
    ...["", "*/*", '"x"', "12", 'W/"-1"', '"99999999999999999999"'].map((tag): Case => [
      `If-Match ${tag}`,
      "PUT",
      `${item}/waiver`,
      {},
      { ...json, "if-match": tag },
    ]),
    ...[
      "limit=0",
      "limit=-1",
      "limit=101",
      "limit=x",
      "status=nope",
      "service=",
      `service=${"x".repeat(101)}`,
      "limit=1e9",
    ].map((query): Case => [query, "GET", `/deployments?${query}`, undefined]),
    ...["type=A", "from=yesterday", "to=2026-99-99", "actor=1", "item=%00"].map((query): Case => [
      query,
      "GET",
      `/deployments/${id}/events?${query}`,
      undefined,
    ]),
    [
      "text instead of JSON",
      "POST",
      `/deployments/${id}/cancellation`,
      '{"reason":"x"}',
      { "content-type": "text/plain" },
    ],
    [
      "a form",
      "POST",
      `/deployments/${id}/cancellation`,
      "reason=x",
      { "content-type": "application/x-www-form-urlencoded" },
    ],
    [
      "UTF-16",
      "POST",
      `/deployments/${id}/cancellation`,
      new Uint8Array(Buffer.from('{"reason":"x"}', "utf16le")),
      json,
    ],
    [
      "broken UTF-8",
      "POST",
      `/deployments/${id}/cancellation`,
      new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
      json,
    ],
    [
      "10 MB of JSON",
      "POST",
      `/deployments/${id}/cancellation`,
      `{"reason":"${"x".repeat(10_000_000)}"}`,
      json,
    ],
    ["21 MB of a file", "POST", `${item}/evidence?name=big.bin`, new Uint8Array(21 * 1024 * 1024)],
    ["an empty file", "POST", `${item}/evidence?name=empty`, ""],
    ["an unknown checker", "POST", `${item}/evidence?checker=nothing`, "x"],
    ["a checker of another item", "POST", `${item}/evidence?checker=junit`, "<testsuites/>"],
    [
      "a live checker as a report",
      "POST",
      `/deployments/${id}/items/dns-records/evidence?checker=dns-records`,
      "{}",
    ],
    [
      "a bad label",
      "POST",
      `/deployments/${id}/items/tests-passing/evidence?checker=junit&label=A%20B`,
      "<testsuites/>",
    ],
    ["a key too long", "POST", "/deployments", GOOD, { ...json, "idempotency-key": "k".repeat(256) }],
    ...CHECKERS.filter(({ kind }) => kind === "report").flatMap(({ key }): Case[] => [
      [
        `${key}: a zip bomb`,
        "POST",
        `/deployments/${id}/reports?checker=${key}`,
        new Uint8Array(gzipSync(Buffer.alloc(5_000_000))),
      ],
      [
        `${key}: an entity bomb`,
        "POST",
        `/deployments/${id}/reports?checker=${key}`,
        '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><testsuites>&b;</testsuites>',
      ],
      [`${key}: deep brackets`, "POST", `/deployments/${id}/reports?checker=${key}`, deep("[", "]")],
      [`${key}: 19 MB`, "POST", `/deployments/${id}/reports?checker=${key}`, "[".repeat(19_000_000)],
    ]),
  ];
}

test(
  "hostile requests get their 4xx, change nothing, and take neither time nor memory",
  { timeout: 240_000 },
  async () => {
    const all = cases();
    expect(all.length).toBeGreaterThan(200);
    const { pid } = inject("app");
    const memory = memoryBelow(pid).megabytes;
    for (const [what, method, path, body, headers] of all) {
      const began = performance.now();
      const answer = await callApi(token, method, path, {
        body,
        ...(headers === undefined ? {} : { headers }),
      });
      if (answer.status === 429) throw new Error("the token's quota is spent; give the test another");
      const opensNothing = path === "/deployments" && method === "POST";
      expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeGreaterThanOrEqual(400);
      expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeLessThan(500);
      expect(performance.now() - began, what).toBeLessThan(HANGS_MS);
      if (!opensNothing) expect(await eventTypes(id), what).toEqual(before);
    }
    // From a cold start; what it grows by once it is warm is a promise of its own.
    expect(memoryBelow(pid).megabytes - memory).toBeLessThan(400);
  },
);

test("a body without an end is cut off at the limit", { timeout: 30_000 }, async () => {
  const status = await new Promise<number>((resolve, reject) => {
    const { hostname, port } = new URL(inject("app").url);
    const outgoing = request({
      hostname,
      port,
      method: "POST",
      path: `/api/v1/deployments/${id}/cancellation`,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "transfer-encoding": "chunked",
      },
    });
    const timer = setInterval(() => outgoing.write("x".repeat(64 * 1024)), 5);
    outgoing.once("response", ({ statusCode = 0 }) => {
      clearInterval(timer);
      outgoing.destroy();
      resolve(statusCode);
    });
    outgoing.once("error", (error) => {
      clearInterval(timer);
      reject(error);
    });
  });
  expect(status).toBe(413);
});

test("every item of the template that takes a report names a checker that there is", async () => {
  const { checklist } = await load(id);
  const keys = CHECKERS.map(({ key }) => key);
  for (const { item } of allItems(checklist))
    for (const { checker } of item.checks ?? []) expect(keys).toContain(checker);
});
