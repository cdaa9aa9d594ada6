import { expect, inject, test } from "vitest";
import { prisma } from "#lib/db/prisma.ts";
import { signIn } from "#lib/services/sign-in.ts";

const get = async (path: string, headers: Record<string, string> = {}) =>
  fetch(`${inject("app").url}${path}`, { headers, redirect: "manual" });

/** What a page already there asks for; Next leads such a request to an address of its own first. */
const getData = async (path: string, headers: Record<string, string>) =>
  fetch(`${inject("app").url}${path}`, { headers: { ...headers, rsc: "1" } });

async function leadsCookie(): Promise<Record<string, string>> {
  const session = await signIn("lead@demo.test", "countersign-demo", "headers");
  return { cookie: `countersign.session=${session?.token}` };
}

async function documents(): Promise<readonly string[]> {
  const { id } = await prisma().deployment.findFirstOrThrow({
    where: { team: { name: "Payments" } },
    select: { id: true },
  });
  return [
    "/",
    "/sign-in",
    "/setup",
    "/deployments",
    `/deployments/${id}`,
    `/deployments/${id}/sign-off`,
    "/api-reference",
    "/inbox",
    "/nowhere",
    "/deployments/not-an-id",
    "/%E0%A4%A",
  ];
}

test("every document has a policy of its own, and every script of it carries the nonce", async () => {
  const cookie = await leadsCookie();
  const nonces = new Set<string>();
  const paths = await documents();
  for (const path of [...paths, ...paths]) {
    const answer = await get(path, cookie);
    const policy = answer.headers.get("content-security-policy") ?? "";
    const nonce = /script-src 'nonce-([A-Za-z0-9+/]{22}==)' 'strict-dynamic';/.exec(policy)?.[1];
    expect(nonce, `${path}: ${policy}`).toBeDefined();
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    for (const directive of [
      "default-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ])
      expect(policy).toContain(directive);
    expect(policy).toContain("frame-ancestors 'none'");
    nonces.add(nonce ?? "");
    const html = await answer.text();
    for (const [script] of html.matchAll(/<script\b[^>]*>/g))
      expect(script, path).toContain(`nonce="${nonce}"`);
    expect(html, path).not.toMatch(/<style\b|\sstyle="|\son[a-z]+="/);
  }
  expect(nonces.size).toBe(2 * paths.length);
});

test("a caller's own policy or nonce is not believed", async () => {
  const forged = "script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA=='";
  for (const name of ["content-security-policy", "content-security-policy-report-only", "x-nonce"]) {
    const answer = await get("/sign-in", { [name]: forged });
    expect(answer.headers.get("content-security-policy")).not.toContain("AAAAAAAAAAAA");
    expect(await answer.text()).not.toContain("AAAAAAAAAAAA");
  }
});

test("every answer says what browsers may not do with it", async () => {
  const cookie = await leadsCookie();
  for (const path of [
    ...(await documents()),
    "/api/v1/deployments",
    "/api/health/live",
    "/icon.svg",
    "/cli/countersign.mjs",
  ]) {
    const { headers } = await get(path, cookie);
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("x-frame-options"), path).toBe("DENY");
    expect(headers.get("referrer-policy"), path).toBe("same-origin");
    expect(headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
    expect(headers.get("cross-origin-resource-policy"), path).toBe("same-origin");
    expect(headers.get("permissions-policy"), path).toContain("camera=()");
    expect(headers.get("x-powered-by"), path).toBeNull();
    // Over plain http on loopback there is nothing to insist on.
    expect(headers.get("strict-transport-security"), path).toBeNull();
  }
});

test("what is no document may do nothing when a browser opens it by itself", async () => {
  const cookie = await leadsCookie();
  for (const path of [
    "/api/v1/deployments",
    "/api/v1/openapi.json",
    "/api/auth/session",
    "/cli/countersign.mjs",
  ]) {
    const { headers } = await get(path, cookie);
    expect(headers.get("content-security-policy"), path).toBe(
      "default-src 'none'; frame-ancestors 'none'; sandbox",
    );
  }
  const data = await getData("/deployments", cookie);
  expect(data.headers.get("content-type")).toContain("text/x-component");
});

test("no cache keeps a signed-in page, its data or an answer of the API", async () => {
  const cookie = await leadsCookie();
  for (const path of ["/deployments", "/inbox", "/tokens"])
    for (const answer of [await get(path, cookie), await getData(path, cookie)])
      expect(answer.headers.get("cache-control"), path).toMatch(/no-store/);
  for (const path of ["/api/v1/deployments", "/api/auth/session"])
    expect((await get(path, cookie)).headers.get("cache-control"), path).toMatch(/no-store/);
});

test("no source map is served", async () => {
  const html = await (await get("/sign-in")).text();
  const scripts = [...html.matchAll(/src="(\/_next\/static\/[^"]+\.js)/g)].map(([, path]) => path ?? "");
  expect(scripts.length).toBeGreaterThan(0);
  for (const path of scripts) {
    expect((await get(`${path}.map`)).status).toBe(404);
    expect(await (await get(path)).text()).not.toContain("sourceMappingURL=");
  }
});

test("no picture is fetched and made smaller for strangers", async () => {
  expect((await get("/_next/image?url=%2Fsign-in&w=64&q=75")).status).toBe(404);
});
