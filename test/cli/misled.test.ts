import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // What listens on a port has an address with that port.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const COMMANDS = [
  ["start", "x", "deployment"],
  ["complete", "x", "deployment"],
  ["tick", "x", "cdn"],
  ["waive", "x", "cdn"],
  ["evidence", "x", "cdn", "--note", "n"],
  ["report", "x", "package.json", "--checker", "kubernetes"],
  ["check", "x", "cdn"],
  ["open", "--service", "s"],
  ["status", "x"],
  ["gate", "x", "deployment"],
];

describe("something else that answers at the address is not taken for Countersign", () => {
  test.each(COMMANDS)("%s, HTML", async (...args) => {
    const url = await serve((_request, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<h1>Sign in</h1>"),
    );
    const { code, stdout, stderr } = await runCli("t", args, url);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("not Countersign");
  });

  test.each(COMMANDS)("%s, a redirect", async (...args) => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    expect((await runCli("t", args, url)).code).toBe(3);
    expect(asked).not.toContain("GET /elsewhere");
  });
});

describe("--timeout is kept", () => {
  test("by a server that takes the question and never answers", async () => {
    const url = await serve(() => undefined);
    expect((await runCli("t", ["gate", "x", "deployment", "--wait", "--timeout", "3s"], url)).code).toBe(2);
  });

  test("by one that asks for an hour's patience", async () => {
    const url = await serve((_request, response) => response.writeHead(429, { "retry-after": "3600" }).end());
    expect((await runCli("t", ["gate", "x", "deployment", "--wait", "--timeout", "3s"], url)).code).toBe(2);
  });
});

describe("exit codes", () => {
  test("a record that is not there, or may not be seen, is a question that was not asked", async () => {
    const args = ["gate", "11111111-1111-4111-8111-111111111111", "deployment"];
    const url = await serve((_request, response) =>
      response
        .writeHead(404, { "content-type": "application/problem+json" })
        .end(JSON.stringify({ detail: "There is no such deployment" })),
    );
    expect(await runCli("t", args, url)).toMatchObject({ code: 3, stderr: "There is no such deployment" });
    expect((await runCli("t", [...args, "--wait", "--timeout", "1m"], url)).code).toBe(3);
  });

  test.each([
    [["status", "x", "--token-file", "/nonexistent"]],
    [["status", "x", "--url", "ftp://example.com"]],
    [["status", "x", "y"]],
    [["evidence", "x", "cdn", "--note", "a", "--link", "https://example.com"]],
    [["gate", "x", "deployment", "--timeout", "1m"]],
    [["gate", "x", "deployment", "--wait", "--timeout", "1d"]],
    [["nonsense"]],
  ])("%j is wrong usage, without a trace of the program's inside", async (args) => {
    const { code, stderr } = await runCli("t", args, "http://127.0.0.1:1");
    expect(code).toBe(64);
    expect(stderr).not.toContain("    at ");
  });

  test.each([[["-h"]], [["--version"]], [["gate", "-h"]], [["help"]]])("%j helps", async (args) => {
    const { code, stdout } = await runCli("t", args, "http://127.0.0.1:1");
    expect(code).toBe(0);
    expect(stdout).not.toBe("");
  });
});

describe("a pipeline obeys nothing that stands in an answer", () => {
  const BAD = "###vso[task.complete result=Succeeded;]\u001b[2J\u009b8m\u202e\n::stop-commands::x";
  const RECORD = {
    id: BAD,
    service: { name: `::error::${BAD}` },
    details: { version: BAD, commit: BAD, environment: BAD },
    status: BAD,
    phases: [{ title: BAD, label: BAD, state: BAD, done: BAD, total: BAD }],
    signOff: { steps: [{ title: BAD, state: BAD, quorum: BAD, approved: BAD }] },
    blockers: [{ message: BAD }],
    verdicts: [{ item: BAD, verdict: BAD, summary: BAD }],
    overridden: [{ message: BAD }],
  };
  const OBEYED = /##|[\u001b\u007f-\u009f\u202a-\u202e]|^\s*::/m;

  test.each([
    [["status", "x"], 200, RECORD],
    [["status", "x", "--json"], 200, RECORD],
    [["open", "--service", "s", "--json"], 201, RECORD],
    [["open", "--service", "s"], 201, RECORD],
    [["check", "x", "cdn"], 200, RECORD],
    [["gate", "x", "deployment"], 200, { ...RECORD, open: true, forced: true }],
    [["gate", "x", "deployment"], 200, { ...RECORD, open: false }],
    [["start", "x", "deployment"], 422, { detail: BAD, fields: { [BAD]: BAD }, blockers: RECORD.blockers }],
  ])("%j, %i", async (args, status, body) => {
    const url = await serve((_request, response) => response.writeHead(status).end(JSON.stringify(body)));
    const { stdout, stderr } = await runCli("t", args, url);
    expect(`${stdout}${stderr}`).toContain("vso[");
    expect(`${stdout}\n${stderr}`).not.toMatch(OBEYED);
  });
});

test("a folder is no bundle", async () => {
  expect(await runCli("t", ["verify", "."])).toEqual({
    code: 2,
    stdout: "unreadable: . is a folder",
    stderr: "",
  });
});
