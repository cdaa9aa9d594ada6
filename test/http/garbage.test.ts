import { request } from "node:http";
import { expect, inject, test } from "vitest";
import { cookieOf } from "#test/support/action-client.ts";
import { makePerson, makeTeam } from "#test/support/factories.ts";

// Every route outside the list of endpoints, whose own tests send it garbage.
const ROUTES = [
  "auth/callback/credentials",
  "auth/callback/second-factor",
  "auth/callback/nobody",
  "auth/csrf",
  "auth/error",
  "auth/providers",
  "auth/session",
  "auth/signin/credentials",
  "auth/signout",
  "auth/_log",
  "auth/%00",
  "auth/a/b/c/d",
  "github/deployment-protection",
  "health/live",
  "health/ready",
  "live",
  "live/presence",
];

const TYPES = [
  "application/json",
  "application/x-www-form-urlencoded",
  "text/plain",
  "multipart/form-data; boundary=x",
  "multipart/form-data",
  "garbage",
];

const BODIES = [
  "",
  "{",
  "null",
  "[]",
  '{"csrfToken":1,"email":{"a":[]}}',
  '{"__proto__":{"admin":true}}',
  "csrfToken=%ff%fe&email=%00&json=true",
  "csrfToken[]=1&csrfToken[]=2&email[a]=1",
  "\u0000\u0001\ud800",
  "[".repeat(20_000),
  "--x\r\nContent-Disposition: form-data; name",
];

const QUERIES = [
  "",
  "?callbackUrl=javascript:alert(1)&callbackUrl=%00",
  "?error=%ff&csrf[]=1&__proto__[x]=1",
  "?deployment=x&after=-1",
];

test.each(ROUTES)("no garbage is a fault of /api/%s", async (route) => {
  const { url } = inject("app");
  const cookie = await cookieOf(await makePerson("engineer", (await makeTeam()).id));
  const say = async (method: string, query: string, headers: Record<string, string>, body?: string) => {
    const stop = new AbortController();
    const answer = await fetch(`${url}/api/${route}${query}`, {
      method,
      headers: { origin: url, ...headers },
      redirect: "manual",
      signal: stop.signal,
      ...(body === undefined ? {} : { body }),
    });
    const what = `${method} ${query} ${JSON.stringify(headers)} ${body?.slice(0, 40)}`;
    expect(answer.status, what).toBeLessThan(500);
    expect(answer.headers.get("location") ?? "", what).not.toMatch(/javascript:|evil/);
    stop.abort();
  };
  for (const jar of [
    cookie,
    "countersign.session=%ff",
    "countersign.forgery=%7Cx; countersign.return=%00; countersign.pending=%ff",
    "countersign.return=javascript:alert(1)",
  ])
    for (const query of QUERIES) await say("GET", query, { cookie: jar });
  for (const method of ["PUT", "DELETE", "OPTIONS"])
    for (const query of QUERIES.slice(0, 2)) await say(method, query, { cookie });
  for (const type of TYPES.slice(0, 2))
    for (const body of BODIES) await say("POST", "", { cookie, "content-type": type }, body);
  for (const type of TYPES.slice(2))
    for (const body of BODIES.slice(0, 2)) await say("POST", "", { cookie, "content-type": type }, body);
});

const MOST_BYTES = 200 * 1_048_576;

/** Sends a body without end or length until an answer comes; how much was written meanwhile. */
async function endless(path: string) {
  const { url } = inject("app");
  const chunk = "a".repeat(64 * 1024);
  return new Promise<{ status: number | undefined; written: number }>((resolve) => {
    let [written, over] = [0, false];
    const sent = request(`${url}${path}`, { method: "POST", headers: { origin: url } });
    const write = () => {
      if (over || written >= MOST_BYTES) return void sent.end();
      written += chunk.length;
      if (sent.write(chunk)) setImmediate(write);
      else sent.once("drain", write);
    };
    const end = (status: number | undefined) => {
      over = true;
      sent.destroy();
      resolve({ status, written });
    };
    sent.on("response", ({ statusCode }) => end(statusCode));
    sent.on("error", () => over || end(undefined));
    write();
  });
}

// Without a type it does not pass the proxy, which keeps ten megabytes of a body at most.
test.each([
  ["/api/auth/callback/credentials", 415],
  ["/api/v1/deployments", 401],
  ["/api/live/presence", 401],
])("a body without end or type is not read to its end: %s", async (path, status) => {
  const answer = await endless(path);
  expect(answer.status).toBe(status);
  expect(answer.written).toBeLessThan(MOST_BYTES / 2);
});

test.each(["/sign-in", "/api/v1/deployments", "/api/health/live"])(
  "what no browser may ask for is no fault: TRACE %s",
  async (path) => {
    const sent = request(inject("app").url, { method: "TRACE", path }).end();
    const status = await new Promise((resolve, reject) => {
      sent.once("response", (answer) => resolve(answer.resume().statusCode)).once("error", reject);
    });
    expect(status).toBe(404);
  },
);
