import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configureChecks } from "#lib/services/service-checks.ts";
import { sloSeries } from "#lib/services/slo-series.ts";
import { load, makeTeam, openRecord, refusalOf, type Team } from "#test/support/factories.ts";

let team: Team;
let prometheus: Server;
let url = "";
const asked: URL[] = [];

beforeAll(async () => {
  team = await makeTeam();
  prometheus = createServer((request, response) => {
    const address = new URL(request.url ?? "", "http://localhost");
    asked.push(address);
    const [query, end] = [address.searchParams.get("query"), Number(address.searchParams.get("end"))];
    if (query === "broken") response.statusCode = 503;
    const series = {
      metric: {},
      values: [
        [end - 15, "0.05"],
        [end, query === "over" ? "0.2" : "0.06"],
        [end, "NaN"],
        [1e18, "0.07"],
      ],
    };
    const result = query === "several" ? [series, series] : [series];
    response.end(JSON.stringify({ status: "success", data: { resultType: "matrix", result } }));
  });
  await new Promise<void>((resolve) => prometheus.listen(0, "127.0.0.1", resolve));
  // What listens on a port has an address with that port.
  url = `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`;
});

afterAll(() => prometheus.close());

async function recordAsking(queries: object | null): Promise<string> {
  const id = await openRecord(team, { service: `service ${Math.random()}` });
  const { service } = await load(id);
  if (queries !== null)
    await configureChecks(team.lead, {
      serviceId: service.id,
      checks: { prometheus: { url, jobs: [], queries } },
    });
  return id;
}

test("a service without a Prometheus has no series, and says so", async () => {
  const id = await recordAsking(null);
  expect(await sloSeries(team.engineer, id)).toMatchObject({ configured: false, series: [] });
});

test("each figure of the span is measured against its target, or says why it is not", async () => {
  const id = await recordAsking({ errorRatePercent: "over", apiLatencyP95Ms: "within" });
  const { configured, series } = await sloSeries(team.engineer, id);
  expect(configured).toBe(true);
  expect(
    series.map(({ metric, state, met, points }) => [metric, state, met, points.map(({ value }) => value)]),
  ).toEqual([
    ["errorRatePercent", "measured", false, [0.05, 0.2]],
    ["apiLatencyP95Ms", "measured", true, [0.05, 0.06]],
    ["apiLatencyP99Ms", "not-asked", null, []],
  ]);
});

test("what cannot be read, and what is no one series, is no figure", async () => {
  const id = await recordAsking({ errorRatePercent: "broken", apiLatencyP95Ms: "several" });
  const { series } = await sloSeries(team.engineer, id);
  expect(series.map(({ state }) => state)).toEqual(["unreadable", "empty", "not-asked"]);
  expect(series[0]?.message).toContain("503");
});

test("an hour is asked for in steps that stay few, once for everybody who looks", async () => {
  const id = await recordAsking({ errorRatePercent: "within" });
  const before = asked.length;
  await Promise.all([team.engineer, team.lead, team.auditor].map(async (actor) => sloSeries(actor, id)));
  await sloSeries(team.sre, id);
  const [request, ...more] = asked.slice(before);
  expect(more).toEqual([]);
  const figure = (name: string) => Number(request?.searchParams.get(name));
  expect(figure("end") - figure("start")).toBe(3_600);
  expect(figure("step")).toBe(30);
});

test("nobody of another team reads them", async () => {
  const id = await recordAsking({ errorRatePercent: "within" });
  expect(await refusalOf(sloSeries((await makeTeam()).engineer, id))).toBe("not-found");
});
