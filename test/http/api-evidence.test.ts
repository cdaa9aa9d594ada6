import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { callApi, tokenOf } from "#test/support/api-client.ts";
import { codeIn, makeCallingTeam, type DocumentedCall } from "#test/support/documented-call.ts";
import { eventTypes, load, makeTeam, openRecord, type Team } from "#test/support/factories.ts";

let team: Team;
let call: DocumentedCall;
let id: string;

beforeAll(async () => {
  ({ team, call } = await makeCallingTeam());
  id = await openRecord(team, { targets: ["kubernetes"] });
});

test("a report is judged, kept, and ticks its item; newer evidence takes the tick's ground away", async () => {
  const passed = '<testsuites><testsuite><testcase name="works"/></testsuite></testsuites>';
  const key = "tests-passing";
  for (const label of ["unit", "integration"]) {
    const part = await call(
      "addEvidence",
      { id, key },
      { body: passed },
      `?checker=junit&label=${label}&name=junit.xml`,
    );
    expect(part.json).toMatchObject({ verdicts: [{ verdict: "pass", settled: false }] });
  }
  const last = await call(
    "addEvidence",
    { id, key },
    { body: passed },
    "?checker=junit&label=e2e&name=junit.xml",
  );
  expect(last.json).toMatchObject({
    verdicts: [{ verdict: "pass", settled: true, summary: "1 passed, 0 failed, 0 skipped" }],
  });
  await call(
    "addEvidence",
    { id, key },
    { body: passed.replace("/>", "><failure/></testcase>") },
    "?checker=junit&label=e2e",
  );
  const complete = await call("completePhase", { id, phase: "pre-deployment" });
  expect(complete.status).toBe(409);
  expect(complete.text).toContain('"requirement-failed"');
});

test("one report settles every item that takes it", async () => {
  const manifests =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: c}]}}}\n";
  const answer = await call("addReport", { id }, { body: manifests }, "?checker=kubernetes&name=all.yaml");
  const { verdicts } = z
    .object({ verdicts: z.array(z.object({ item: z.string(), verdict: z.string() })) })
    .parse(answer.json);
  expect(verdicts.length).toBeGreaterThan(7);
  expect(verdicts.find(({ item }) => item === "k8s-hpa")?.verdict).toBe("fail");
});

test("a file comes back as an attachment that cannot run", async () => {
  const html = "<script>alert(1)</script>";
  await call(
    "addEvidence",
    { id, key: "owasp-top-10" },
    { body: html },
    `?name=${encodeURIComponent("r\u00e9port '1'.html")}`,
  );
  const file = (await load(id)).evidence.at(-1)?.content;
  if (file?.kind !== "file") throw new Error("no file was kept");
  expect(file).toMatchObject({ mediaType: "text/plain", bytes: html.length, name: "r\u00e9port '1'.html" });
  const answer = await call("downloadFile", { id: file.fileId });
  expect(answer.text).toBe(html);
  expect(answer.headers.get("content-disposition")).toMatch(
    /^attachment; filename\*=UTF-8''r%C3%A9port%20%271%27\.html$/,
  );
  expect(answer.headers.get("content-security-policy")).toBe(
    "default-src 'none'; frame-ancestors 'none'; sandbox",
  );
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  const stranger = await tokenOf((await makeTeam()).lead, "read");
  expect((await callApi(stranger, "GET", `/files/${file.fileId}`)).status).toBe(404);
});

test("what is no such report is refused and leaves nothing", async () => {
  const before = await eventTypes(id);
  const answer = await call(
    "addEvidence",
    { id, key: "dependency-scan" },
    { body: "{}" },
    "?checker=npm-audit",
  );
  expect([answer.status, codeIn(answer)]).toEqual([422, "unreadable-report"]);
  expect(await eventTypes(id)).toEqual(before);
});
