import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { changeDetails } from "#lib/services/deployments.ts";
import { getDeployment } from "#lib/queries/get-deployment.ts";
import { settleItem } from "#lib/services/checklist-items.ts";
import { addEvidence } from "#lib/services/evidence.ts";
import { addReport } from "#lib/services/reports.ts";
import { eventTypes, load, makeTeam, openRecord, refusalOf, type Team } from "#test/support/factories.ts";

let team: Team;

beforeAll(async () => {
  team = await makeTeam();
});

const ITEM = "performance-testing";
const summaryOf = (p95: number) =>
  JSON.stringify({
    metrics: {
      http_reqs: { count: 9 },
      http_req_duration: { "p(95)": p95, "p(99)": 600 },
      http_req_failed: { value: 0 },
    },
  });
const SUMMARY = summaryOf(300);
const upload = (deploymentId: string, more: { bytes?: Buffer<ArrayBuffer>; ifRevision?: number } = {}) => ({
  deploymentId,
  item: ITEM,
  checker: "k6",
  label: null,
  name: "summary.json",
  bytes: Buffer.from(SUMMARY),
  ...more,
});

test("a report that passes settles its item and leaves its events", async () => {
  const id = await openRecord(team);
  expect(await addReport(team.engineer, upload(id))).toMatchObject([
    { item: ITEM, verdict: "pass", settled: true },
  ]);
  expect(await eventTypes(id)).toEqual(["deployment.opened", "evidence.added", "item.checked"]);
});

test("beside the targets stands what a machine measured, not what somebody typed", async () => {
  const id = await openRecord(team);
  const latency = async () =>
    (await getDeployment(team.lead, id)).slo.find(({ metric }) => metric === "apiLatencyP95Ms")?.measured;
  const typed = async (value: number) =>
    addEvidence(team.engineer, {
      deploymentId: id,
      item: ITEM,
      content: { kind: "measurement", values: { apiLatencyP95Ms: value } },
    });
  await typed(100);
  expect(await latency()).toMatchObject({ value: 100, met: true });
  await addReport(team.engineer, upload(id, { bytes: Buffer.from(summaryOf(900)) }));
  expect(await latency()).toMatchObject({ value: 900, met: false });
  await typed(100);
  expect(await latency()).toMatchObject({ value: 900, met: false });
});

test("a figure that no number holds any more passes nothing, and is no fault", async () => {
  const id = await openRecord(team);
  const [judged] = await addReport(team.engineer, upload(id, { bytes: Buffer.from(summaryOf(1e308)) }));
  expect(judged).toMatchObject({ verdict: "unknown", settled: false });
});

test("what is no report changes nothing", async () => {
  const id = await openRecord(team);
  const bytes = Buffer.from("<html>login</html>");
  expect(await refusalOf(addReport(team.engineer, upload(id, { bytes })))).toBe("unreadable-report");
  expect(await eventTypes(id)).toEqual(["deployment.opened"]);
});

test("somebody else's record is not there, and an old revision is refused, before anything is read", async () => {
  const id = await openRecord(team);
  const bytes = Buffer.from("<html>login</html>");
  const stranger = await makeTeam();
  expect(await refusalOf(addReport(stranger.engineer, upload(id, { bytes })))).toBe("not-found");
  expect(await refusalOf(addReport(team.auditor, upload(id, { bytes })))).toBe("forbidden");
  expect(await refusalOf(addReport(team.engineer, upload(id, { bytes, ifRevision: 999 })))).toBe(
    "revision-changed",
  );
});

test("the same upload five times at once stands once", async () => {
  const id = await openRecord(team);
  const evidenceId = randomUUID();
  await Promise.all(Array.from({ length: 5 }, async () => addReport(team.engineer, upload(id), evidenceId)));
  expect(await eventTypes(id)).toEqual(["deployment.opened", "evidence.added", "item.checked"]);
});

test("a verdict never stands on targets that have changed since", async () => {
  const id = await openRecord(team);
  const { details } = await load(id);
  const slo = { ...details.slo, apiLatencyP95Ms: 100 };
  const [reported, corrected] = await Promise.allSettled([
    addReport(team.engineer, upload(id)),
    changeDetails(team.lead, { deploymentId: id, slo }),
  ]);
  expect(corrected.status).toBe("fulfilled");
  const { evidence } = await load(id);
  const types = await eventTypes(id);
  const [added, changed] = ["evidence.added", "deployment.details-changed"].map((type) =>
    types.indexOf(type),
  );
  // Judged before the change, or refused, or judged by the new targets, which it misses.
  if (reported.status === "rejected") expect(reported.reason).toMatchObject({ code: "conflict" });
  else if (Number(added) > Number(changed))
    expect(evidence).toMatchObject([{ content: { verdict: "fail" } }]);
  else expect(evidence).toMatchObject([{ content: { verdict: "pass" } }]);
});

test("a report that is repeated is answered as it was judged, whatever became of its item since", async () => {
  const id = await openRecord(team);
  const key = randomUUID();
  const [first] = await addReport(team.engineer, upload(id), key);
  await settleItem(team.engineer, id, { item: ITEM, to: "open" });
  await changeDetails(team.lead, { deploymentId: id, version: "2.0.0" });
  const types = await eventTypes(id);
  expect(await addReport(team.engineer, upload(id), key)).toEqual([{ ...first, settled: false }]);
  expect(await eventTypes(id)).toEqual(types);
});
