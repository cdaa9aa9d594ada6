import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { ServiceChecks } from "#lib/domain/inputs/service-checks.ts";
import { prisma } from "#lib/db/prisma.ts";
import { runOpenChecks } from "#lib/services/live-checks.ts";
import { configureChecks } from "#lib/services/service-checks.ts";
import { sloSeries } from "#lib/services/slo-series.ts";
import { load, makeTeam, openRecord, type Team } from "#test/support/factories.ts";

const sent: (string | undefined)[] = [];
const server = createServer((request, response) => {
  sent.push(request.headers.authorization);
  response.end("{}");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
// What listens on a port has an address with that port.
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
// The settings are read when they are first asked for.
process.env.COUNTERSIGN_CHECK_CREDENTIALS = JSON.stringify({
  [origin]: { authorization: "Bearer of payments", teams: ["Payments"] },
});

beforeEach(() => void sent.splice(0));
afterAll(() => void server.close());

async function recordOf(team: Team, checks: ServiceChecks): Promise<string> {
  const id = await openRecord(team, { service: `service-${Math.random()}` });
  const { service } = await load(id);
  await configureChecks(team.lead, { serviceId: service.id, checks });
  return id;
}

test("a credential goes with the checks and plots of the team it is bound to, and with no other's", async () => {
  const [payments, other] = [await makeTeam(), await makeTeam()];
  await prisma().team.update({ where: { id: payments.id }, data: { name: "Payments" } });
  const http: ServiceChecks = { http: { urls: [`${origin}/health`] } };
  const queries = { errorRatePercent: "errors" };
  const prometheus: ServiceChecks = { prometheus: { url: origin, jobs: [], queries } };
  for (const [team, header] of [
    [payments, "Bearer of payments"],
    [other, undefined],
  ] as const) {
    await runOpenChecks(await recordOf(team, http));
    await sloSeries(team.engineer, await recordOf(team, prometheus));
    expect(sent.splice(0)).toEqual([header, header]);
  }
});
