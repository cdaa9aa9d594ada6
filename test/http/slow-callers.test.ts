import { once } from "node:events";
import { request, type ClientRequest, type IncomingMessage } from "node:http";
import { randomUUID } from "node:crypto";
import { expect, inject, onTestFinished, test } from "vitest";
import { canonicalOrigin } from "#lib/env.ts";
import { callApi, tokenOf } from "#test/support/api-client.ts";
import { load, makeTeam, openRecord } from "#test/support/factories.ts";
import { cookieOf } from "#test/support/action-client.ts";
import { someAddress } from "#test/support/some-address.ts";
import { memoryBelow } from "#test/support/process-memory.ts";

const DOWNLOADS = 40;
const FILE_BYTES = 18 * 1024 * 1024;

test("downloads that nobody reads do not hold their files in memory", { timeout: 120_000 }, async () => {
  const team = await makeTeam();
  const token = await tokenOf(team.lead, "read", "evidence");
  const id = await openRecord(team);
  const content = Buffer.alloc(FILE_BYTES, "a line of a log\n");
  await callApi(token, "POST", `/deployments/${id}/items/cdn/evidence?name=large.log`, { body: content });
  const file = (await load(id)).evidence.at(-1)?.content;
  if (file?.kind !== "file") throw new Error("no file was kept");
  const { pid } = inject("app");
  const before = memoryBelow(pid).megabytes;

  const begun = await Promise.all(
    Array.from({ length: DOWNLOADS }, async () => answered(begin(token, "GET", `/files/${file.fileId}`))),
  );

  expect(begun.map(({ statusCode }) => statusCode)).toEqual(begun.map(() => 200));
  // All of them would be 720.
  expect(memoryBelow(pid).megabytes - before).toBeLessThan(300);
  const [first] = begun;
  let bytes = 0;
  for await (const chunk of first ?? []) bytes += Buffer.from(chunk).length;
  expect(bytes).toBe(FILE_BYTES);
});

test.each(["", "/api/health/..", "/api/live/%2E%2e/health/..", "/_next/static/../.."])(
  "of one caller so many requests are open at once, and those of others beside them: %s",
  async (before) => {
    const team = await makeTeam();
    const [slow, another] = [await tokenOf(team.lead, "evidence"), await tokenOf(team.lead, "read")];
    const id = await openRecord(team);
    let broken = 0;
    for (let count = 0; count < 400; count += 1)
      beginSlowly(slow, id, before).once("error", () => (broken += 1));
    // Each process keeps 64 of them.
    await expect.poll(() => broken, { timeout: 20_000 }).toBeGreaterThan(100);
    expect((await callApi(another, "GET", `/deployments/${id}`)).status).toBe(200);
  },
);

test("whoever makes credentials up is one caller by their network, and who has one is not it", async () => {
  const team = await makeTeam();
  const token = await tokenOf(team.lead, "read");
  const from = { "x-forwarded-for": someAddress() };
  expect((await callApi(token, "GET", "/deployments", { headers: from })).status).toBe(200);
  let broken = 0;
  for (let count = 0; count < 1_400; count += 1)
    beginSlowAction({ ...from, cookie: `countersign.session=${randomUUID()}` }).once(
      "error",
      () => (broken += 1),
    );
  // Each process keeps 512 of them.
  await expect.poll(() => broken, { timeout: 30_000 }).toBeGreaterThan(100);
  const answers = await Promise.all(
    Array.from({ length: 8 }, async () => callApi(token, "GET", "/deployments", { headers: from })),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
});

test("sessions of one person are one caller", async () => {
  const { lead } = await makeTeam();
  const cookies = await Promise.all(Array.from({ length: 8 }, async () => cookieOf(lead)));
  const { url } = inject("app");
  for (const cookie of cookies)
    expect((await fetch(`${url}/account`, { headers: { cookie } })).status).toBe(200);
  let broken = 0;
  for (let count = 0; count < 400; count += 1)
    beginSlowAction({ cookie: cookies[count % 8] ?? "" }).once("error", () => (broken += 1));
  // Each process keeps 64 of them.
  await expect.poll(() => broken, { timeout: 20_000 }).toBeGreaterThan(100);
});

test.each([
  ["pages take it", percentEncoded],
  ["the API takes it", (cookie: string, number: number) => `${cookie}${" ".repeat(number)}; a=b`],
])("a session is one caller, however its cookie is written: as %s", async (_who, written) => {
  const cookie = await cookieOf((await makeTeam()).lead);
  expect((await fetch(`${inject("app").url}/account`, { headers: { cookie } })).status).toBe(200);
  let broken = 0;
  for (let count = 0; count < 400; count += 1)
    beginSlowAction({ cookie: written(cookie, count) }).once("error", () => (broken += 1));
  // Each process keeps 64 of them.
  await expect.poll(() => broken, { timeout: 20_000 }).toBeGreaterThan(100);
});

test("a token whose bodies are slow holds up no other of its person", async () => {
  const team = await makeTeam();
  const [slow, another] = [await tokenOf(team.lead, "evidence"), await tokenOf(team.lead, "read")];
  const id = await openRecord(team);
  for (let count = 0; count < 40; count += 1) beginSlowly(slow, id);
  expect((await callApi(another, "GET", `/deployments/${id}`)).status).toBe(200);
});

test(
  "uploads that one person does not finish hold a bounded memory, however many tokens send them",
  { timeout: 120_000 },
  async () => {
    const team = await makeTeam();
    const id = await openRecord(team);
    const path = `/deployments/${id}/items/cdn/evidence?name=large.log`;
    const { pid } = inject("app");
    const before = memoryBelow(pid).megabytes;
    const block = Buffer.alloc(FILE_BYTES, 97);
    let brokenOff = 0;
    for (let tokens = 0; tokens < 8; tokens += 1) {
      const token = await tokenOf(team.engineer, "write");
      for (let count = 0; count < 4; count += 1) {
        const upload = begin(token, "POST", path, {
          "content-type": "application/octet-stream",
          "content-length": String(FILE_BYTES + 1),
        });
        upload.on("response", ({ statusCode }) => (brokenOff += statusCode === 429 ? 1 : 0));
        upload.write(block);
      }
    }
    // Each of two processes reads 100 MB of one person; all of them would be 576.
    await expect.poll(() => brokenOff, { timeout: 60_000 }).toBeGreaterThan(15);
    expect(memoryBelow(pid).megabytes - before).toBeLessThan(400);
    const whole = await callApi(await tokenOf(team.engineer, "write"), "POST", path, {
      body: Buffer.alloc(1024, 97),
    });
    expect(whole.status).toBe(201);
  },
);

test("an upload that its caller may bring nowhere is refused before it is read", async () => {
  const team = await makeTeam();
  const id = await openRecord(team);
  const token = await tokenOf(team.lead, "read");
  const upload = begin(token, "POST", `/deployments/${id}/items/cdn/evidence?name=large.log`, {
    "content-type": "application/octet-stream",
    "content-length": String(FILE_BYTES),
  });
  upload.write("only the first bytes");
  expect((await answered(upload)).statusCode).toBe(403);
});

/** A body that never ends. */
function beginSlowly(token: string, id: string, before = ""): ClientRequest {
  const headers = { "content-type": "application/json", "content-length": "1000" };
  const sent = begin(token, "POST", `/deployments/${id}/items/cdn/evidence`, headers, before);
  sent.write("{");
  return sent;
}

/** The body of a server action, which is read before anybody asks whose it is. */
function beginSlowAction(headers: Record<string, string>): ClientRequest {
  const sent = request(`${canonicalOrigin()}/account`, {
    method: "POST",
    headers: {
      origin: canonicalOrigin(),
      "next-action": "a".repeat(42),
      "content-type": "text/plain;charset=UTF-8",
      "content-length": "1000",
      ...headers,
    },
    agent: false,
  });
  sent.on("error", () => undefined);
  onTestFinished(() => void sent.destroy());
  sent.write("[");
  return sent;
}

/** The same cookie; of its last characters those that the number's bits say are percent-encoded. */
function percentEncoded(cookie: string, number: number): string {
  const from = cookie.length - 9;
  const end = Array.from(cookie.slice(from), (character, place) =>
    ((number >> place) & 1) === 0 ? character : `%${character.charCodeAt(0).toString(16)}`,
  );
  return cookie.slice(0, from) + end.join("");
}

function begin(
  token: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  before = "",
): ClientRequest {
  const sent = request(canonicalOrigin(), {
    // As it stands: an address is made shorter before it is sent.
    path: `${before}/api/v1${path}`,
    method,
    headers: { ...headers, authorization: `Bearer ${token}` },
    agent: false,
  });
  sent.on("error", () => undefined);
  onTestFinished(() => void sent.destroy());
  return sent;
}

async function answered(sent: ClientRequest): Promise<IncomingMessage> {
  if (sent.method === "GET") sent.end();
  const [answer] = await once(sent, "response");
  return answer;
}
