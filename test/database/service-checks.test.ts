import { beforeAll, describe, expect, test } from "vitest";
import type { ServiceChecks } from "#lib/domain/inputs/service-checks.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { listRepositories } from "#lib/queries/list-repositories.ts";
import { configureChecks, freeRepository } from "#lib/services/service-checks.ts";
import { load, makePerson, makeTeam, openRecord, refusalOf, type Team } from "#test/support/factories.ts";

let team: Team;
let other: Team;

beforeAll(async () => {
  team = await makeTeam();
  other = await makeTeam();
});

const TAKEN =
  "This repository and environment cannot be named here: another service already does. An admin can free it";

const github = (repository: string, environment = "production") => ({ github: { repository, environment } });

async function serviceOf(of: Team): Promise<string> {
  const { service } = await load(await openRecord(of, { service: `service-${Math.random()}` }));
  return service.id;
}

const checksOf = async (id: string) => (await prisma().service.findUniqueOrThrow({ where: { id } })).checks;

async function fault(saved: Promise<void>) {
  const error: unknown = await saved.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof Rejection ? { code: error.code, fields: error.fields } : error;
}

const refused = { code: "invalid-input", fields: { "checks.github.repository": TAKEN } };

test("a repository and environment that another team's service names is refused beside its field", async () => {
  await configureChecks(team.lead, { serviceId: await serviceOf(team), checks: github("acme/taken") });
  const serviceId = await serviceOf(other);
  expect(await fault(configureChecks(other.lead, { serviceId, checks: github("acme/taken") }))).toEqual(
    refused,
  );
  // GitHub tells neither repositories nor environments apart by case.
  expect(
    await fault(configureChecks(other.lead, { serviceId, checks: github("Acme/Taken", "Production") })),
  ).toEqual(refused);
  expect(await checksOf(serviceId)).toEqual({});
});

test("another environment of it, and another service of the same team, are free to name it", async () => {
  await configureChecks(team.lead, { serviceId: await serviceOf(team), checks: github("acme/shared") });
  for (const [of, environment] of [
    [other, "staging"],
    [team, "production"],
  ] as const) {
    const serviceId = await serviceOf(of);
    await configureChecks(of.lead, { serviceId, checks: github("acme/shared", environment) });
    expect(await checksOf(serviceId)).toEqual(github("acme/shared", environment));
  }
});

test("of two teams that name one at once, one is refused", async () => {
  const services = [
    { of: team, serviceId: await serviceOf(team) },
    { of: other, serviceId: await serviceOf(other) },
  ];
  const saved = await Promise.all(
    services.map(async ({ of, serviceId }) =>
      fault(configureChecks(of.lead, { serviceId, checks: github("acme/raced") })),
    ),
  );
  expect(saved.filter((refusal) => refusal !== null)).toEqual([refused]);
});

test("a name that was let go is free, and one that two teams hold from before keeps nothing else from being saved", async () => {
  const mine = await serviceOf(team);
  const theirs = await serviceOf(other);
  await configureChecks(team.lead, { serviceId: mine, checks: github("acme/moved") });
  await prisma().service.update({ where: { id: theirs }, data: { checks: github("acme/moved") } });
  const more: ServiceChecks = { ...github("acme/moved"), http: { urls: ["https://example.com/"] } };
  await configureChecks(team.lead, { serviceId: mine, checks: more });
  await configureChecks(team.lead, { serviceId: mine, checks: {} });
  await configureChecks(other.lead, { serviceId: theirs, checks: {} });
  await configureChecks(other.lead, { serviceId: theirs, checks: github("acme/moved") });
  expect(await checksOf(theirs)).toEqual(github("acme/moved"));
});

test("a page opened before saves what was changed on it, and leaves what others gave or took away since", async () => {
  const serviceId = await serviceOf(team);
  const health = (url: string): ServiceChecks => ({ http: { urls: [url] } });
  const tls: ServiceChecks = { tls: { hosts: [{ host: "www.example.com", port: 443 }] } };
  const shown: ServiceChecks = { ...health("https://example.com/"), ...github("acme/let-go") };
  await configureChecks(team.lead, { serviceId, checks: shown });
  await configureChecks(team.lead, { serviceId, checks: { ...shown, ...tls }, shown });
  await freeRepository(await makePerson("admin", null), { serviceId, reason: "It is not theirs" });
  const checks = { ...shown, ...health("https://example.com/health") };
  await configureChecks(team.lead, { serviceId, checks, shown });
  expect(await checksOf(serviceId)).toEqual({ ...tls, ...health("https://example.com/health") });
  await configureChecks(team.lead, { serviceId, checks: {}, shown: tls });
  expect(await checksOf(serviceId)).toEqual(health("https://example.com/health"));
});

describe("freeing a repository", () => {
  const reason = "It is not theirs";
  const freed = async (serviceId: string) => {
    const { rows } = await pool().query<{ data: object }>(
      "SELECT body::jsonb -> 'data' AS data FROM events WHERE type = 'service.repository-freed' AND body::jsonb #>> '{data,service}' = $1",
      [serviceId],
    );
    return rows.map(({ data }) => data);
  };

  test("lets another team name it, once, with its event, and leaves the other addresses", async () => {
    const serviceId = await serviceOf(team);
    const http = { http: { urls: ["https://example.com/"] } };
    await configureChecks(team.lead, { serviceId, checks: { ...github("acme/squatted"), ...http } });
    const admin = await makePerson("admin", null);
    await Promise.all([1, 2].map(async () => freeRepository(admin, { serviceId, reason })));
    expect(await checksOf(serviceId)).toEqual(http);
    expect(await freed(serviceId)).toMatchObject([
      { repository: "acme/squatted", environment: "production", reason },
    ]);
    const theirs = await serviceOf(other);
    await configureChecks(other.lead, { serviceId: theirs, checks: github("acme/squatted") });
    expect(await checksOf(theirs)).toEqual(github("acme/squatted"));
  });

  test("is for admins of its team or of all teams, and says nothing of a service elsewhere", async () => {
    const serviceId = await serviceOf(team);
    await configureChecks(team.lead, { serviceId, checks: github("acme/kept") });
    expect(await refusalOf(freeRepository(team.lead, { serviceId, reason }))).toBe("forbidden");
    const elsewhere = await makePerson("admin", other.id);
    expect(await refusalOf(freeRepository(elsewhere, { serviceId, reason }))).toBe("not-found");
    expect(await checksOf(serviceId)).toEqual(github("acme/kept"));
    expect(await listRepositories(elsewhere)).not.toContainEqual(expect.objectContaining({ serviceId }));
    const held = { serviceId, repository: "acme/kept", environment: "production", team: team.name };
    const own = await makePerson("admin", team.id);
    expect(await listRepositories(own)).toContainEqual(expect.objectContaining(held));
    await freeRepository(own, { serviceId, reason });
    expect(await checksOf(serviceId)).toEqual({});
    expect(await refusalOf(listRepositories(team.lead))).toBe("forbidden");
  });
});
