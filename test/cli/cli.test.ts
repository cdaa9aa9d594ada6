import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { rejectApproval } from "#lib/services/approvals.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { tokenOf } from "#test/support/api-client.ts";
import {
  emailOf,
  eventTypes,
  load,
  makeTeam,
  openRecord,
  PASSWORD,
  signAll,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { runCli } from "./run-cli.ts";

let team: Team;
let token: string;
let folder: string;

beforeAll(async () => {
  team = await makeTeam();
  token = await tokenOf(team.lead, "read", "write");
  folder = mkdtempSync(join(tmpdir(), "countersign-cli-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cli = async (...args: readonly string[]) => runCli(token, args);

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

async function opened(): Promise<string> {
  const details = `--service cli --version 1.0.0 --commit 3f9c2ab --environment production --date 2030-01-01T00:00:00Z --target fly-io --link CI=https://ci.example.com/1`;
  const people = ["--team", team.name, "--deployed-by", await emailOf(team.engineer)];
  const { code, stdout, stderr } = await cli("open", ...details.split(" "), ...people);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

test("a pipeline opens a record, adds evidence, ticks and reads it", async () => {
  const id = await opened();
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  const junit = file("junit.xml", '<testsuites><testsuite><testcase name="works"/></testsuite></testsuites>');
  for (const label of ["unit", "integration", "e2e"]) {
    const { code, stderr } = await cli(
      "evidence",
      id,
      "tests-passing",
      "--report",
      junit,
      "--checker",
      "junit",
      "--label",
      label,
    );
    expect(code).toBe(0);
    expect(stderr).toContain("tests-passing: pass");
  }
  expect(await cli("tick", id, "cdn", "mtls-enabled")).toMatchObject({ code: 0 });
  expect(await cli("waive", id, "feature-flags", "--reason", "no flags")).toMatchObject({ code: 0 });
  expect(
    await cli("evidence", id, "rto-rpo-documented", "--link", "https://wiki.example.com/rto"),
  ).toMatchObject({ code: 0 });
  const status = await cli("status", id);
  expect(status.stdout).toContain("cli 1.0.0 (3f9c2ab) to production: in-progress");
  expect(status.stdout).toMatch(/T-7 d\s+Pre-deployment\s+4\/43\s+open/);
  expect(JSON.parse((await cli("status", id, "--json")).stdout)).toMatchObject({ id });
});

test("a report that fails exits with 1 and says why", async () => {
  const id = await opened();
  const report = file(
    "audit.json",
    '{"auditReportVersion":2,"vulnerabilities":{"a":{"name":"a","severity":"high"}},"metadata":{"vulnerabilities":{"total":1}}}',
  );
  const ran = await cli("report", id, report, "--checker", "npm-audit");
  expect(ran.code).toBe(1);
  expect(ran.stderr).toBe("dependency-scan: fail (1 high; none of high or above is allowed)");
});

test("a refusal exits with 1 and names its blockers; wrong usage with 64; no server or token with 3", async () => {
  const id = await opened();
  const refused = await cli("complete", id, "pre-deployment");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("· “Secret management (Vault/SOPS) configured and tested” is open");
  expect((await cli("tick", id)).code).toBe(64);
  expect((await cli("gate", id, "deployment", "--timeout", "soon", "--wait")).code).toBe(64);
  expect((await cli("nothing")).code).toBe(64);
  expect((await cli("gate", "--help")).stdout).toContain("--timeout");
  expect((await runCli("csgn_wrong", ["status", id])).code).toBe(3);
});

describe("the gate", () => {
  test("closed is 1, open is 0", async () => {
    const id = await openRecord(team);
    await toSignOff(team, id);
    const closed = await cli("gate", id, "deployment");
    expect(closed.code).toBe(1);
    expect(closed.stderr).toContain("Engineering Lead has not approved");
    await signAll(team, id);
    expect(await cli("gate", id, "deployment")).toMatchObject({ code: 0, stdout: "open" });
  });

  test("of another commit or environment is 1 at once, though it is open, and begins nothing", async () => {
    const id = await openRecord(team);
    await toSignOff(team, id);
    await signAll(team, id);
    const asked = ["--commit", "3f9c2ab", "--environment", "Production"];
    expect(await cli("gate", id, "deployment", ...asked)).toMatchObject({ code: 0, stdout: "open" });
    const other = ["--commit", "3f9c2abc", "--environment", "staging"];
    const waiting = await cli("gate", id, "deployment", ...other, "--wait", "--timeout", "50s");
    expect(waiting).toMatchObject({ code: 1, stderr: expect.stringContaining("not of 3f9c2abc") });
    expect(waiting.stderr).toContain("The record is of production, not of staging");
    expect(await cli("start", id, "deployment", ...other)).toMatchObject({ code: 1 });
    expect((await load(id)).t0At).toBeNull();
    expect((await cli("start", id, "deployment", ...asked)).code).toBe(0);
  });

  test("waits until the last signature, and tells what changes", { timeout: 60_000 }, async () => {
    const id = await openRecord(team);
    await toSignOff(team, id);
    const waiting = cli("gate", id, "deployment", "--wait", "--timeout", "50s");
    await signAll(team, id);
    expect(await waiting).toMatchObject({ code: 0, stdout: "open" });
  });

  test("times out with 2, and ends with 1 when a sign-off is rejected", { timeout: 60_000 }, async () => {
    const id = await openRecord(team);
    await toSignOff(team, id);
    expect(await cli("gate", id, "deployment", "--wait", "--timeout", "1s")).toMatchObject({ code: 2 });
    const waiting = cli("gate", id, "deployment", "--wait", "--timeout", "50s");
    const digest = contentDigest(await load(id));
    const role = "engineering-lead" as const;
    await rejectApproval(team.engineeringLead, {
      deploymentId: id,
      role,
      digest,
      proof: { kind: "password", password: PASSWORD },
      reason: "No",
    });
    expect(await waiting).toMatchObject({ code: 1, stderr: expect.stringContaining("rejected: No") });
  });

  test("says what people wrote on one line that no log takes for a command", async () => {
    const id = await openRecord(team);
    await toSignOff(team, id);
    await rejectApproval(team.engineeringLead, {
      deploymentId: id,
      role: "engineering-lead",
      digest: contentDigest(await load(id)),
      proof: { kind: "password", password: PASSWORD },
      reason: "No\n::set-output name=stdout::open ##vso[task.setvariable]\u001b[2J",
    });
    for (const command of [
      ["gate", id, "deployment"],
      ["status", id],
      ["start", id, "deployment"],
    ]) {
      const { stdout, stderr } = await cli(...command);
      const said = `${stdout}\n${stderr}`;
      expect(said).toContain("rejected: No ::set-output");
      expect(said).not.toMatch(/^::|##|\u001b/m);
    }
  });

  test("3 when it cannot ask", { timeout: 60_000 }, async () => {
    expect((await runCli(token, ["gate", "x", "deployment"], "http://127.0.0.1:9")).code).toBe(3);
  });
});

describe("a connection that is cut after the request", () => {
  let proxy: Server;
  let cuts = 0;

  beforeAll(async () => {
    // Passes every request on, and drops the first answer to each write.
    const seen = new Set<string>();
    proxy = createServer((incoming, outgoing) => {
      const { hostname, port } = new URL(inject("app").url);
      const passed = request(
        { hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers },
        (answer) => {
          const key = String(incoming.headers["idempotency-key"]);
          if (incoming.method !== "GET" && !seen.has(key)) {
            seen.add(key);
            cuts += 1;
            answer.resume();
            answer.once("end", () => incoming.socket.destroy());
            return;
          }
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        },
      );
      incoming.pipe(passed);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  });

  afterAll(() => proxy.close());

  test("is repeated, and takes effect once", async () => {
    const id = await openRecord(team);
    const before = (await eventTypes(id)).length;
    // What listens on a port has an address with that port.
    const { port } = proxy.address() as AddressInfo;
    const ran = await runCli(token, ["evidence", id, "cdn", "--note", "seen"], `http://127.0.0.1:${port}`);
    expect([ran.code, cuts]).toEqual([0, 1]);
    expect((await eventTypes(id)).length).toBe(before + 1);
  });
});

test("the server hands out the program that belongs to it", async () => {
  const answer = await fetch(`${inject("app").url}/cli/countersign.mjs`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/javascript");
  expect(await answer.text()).toContain("#!/usr/bin/env node");
});
