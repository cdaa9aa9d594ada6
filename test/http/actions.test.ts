import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { contentDigest } from "#lib/db/content-digest.ts";
import { pool } from "#lib/db/pool.ts";
import { actionIds, callAction, cookieOf, RawBody } from "#test/support/action-client.ts";
import {
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";

let team: Team;
let admin: Awaited<ReturnType<typeof makePerson>>;
let fresh: string;
let signing: string;
let foreign: string;
const cookies = new Map<string, string>();

beforeAll(async () => {
  team = await makeTeam();
  const others = await makeTeam();
  admin = await makePerson("admin", null);
  fresh = await openRecord(team);
  signing = await openRecord(team);
  foreign = await openRecord(others);
  await toSignOff(team, signing);
  for (const person of [team.lead, team.engineer, team.auditor, team.sre, team.engineeringLead, admin])
    cookies.set(person.id, await cookieOf(person));
});

type Row = {
  /** What is wrong about the call, who makes it with what, and the code of its refusal. */
  readonly refusals: readonly (readonly [string, () => { id: string }, () => unknown, string])[];
};

const on = (deploymentId: string, more: object = {}) => ({ deploymentId, ...more });
const signature = async (id: string) => ({
  role: "engineering-lead",
  digest: contentDigest(await load(id)),
  password: PASSWORD,
});
const serviceOf = async (id: string) => (await load(id)).service.id;
const lead = () => team.lead;
const engineer = () => team.engineer;
const auditor = () => team.auditor;
const boss = () => admin;
const nobody = "11111111-1111-4111-8111-111111111111";

/** Every server action; one without a row here fails the test below. */
const ROWS: Readonly<Record<string, Row>> = {
  settleItemsAction: {
    refusals: [
      [
        "wrong role",
        auditor,
        () => on(fresh, { changes: [{ item: "mtls-enabled", to: "done" }] }),
        "forbidden",
      ],
      [
        "out of order",
        engineer,
        () => on(fresh, { changes: [{ item: "staging-matches", to: "done" }] }),
        "phase-locked",
      ],
      [
        "another team's",
        engineer,
        () => on(foreign, { changes: [{ item: "mtls-enabled", to: "done" }] }),
        "not-found",
      ],
    ],
  },
  addEvidenceAction: {
    refusals: [
      [
        "wrong role",
        auditor,
        () => on(fresh, { item: "cdn", content: { kind: "note", text: "x" } }),
        "forbidden",
      ],
      [
        "out of order",
        engineer,
        () => on(fresh, { item: "staging-matches", content: { kind: "note", text: "x" } }),
        "phase-locked",
      ],
      [
        "another team's",
        engineer,
        () => on(foreign, { item: "cdn", content: { kind: "note", text: "x" } }),
        "not-found",
      ],
    ],
  },
  openDeploymentAction: {
    refusals: [
      [
        "wrong role",
        engineer,
        () => ({
          service: "x",
          version: "1",
          commit: "abcdef0",
          environment: "p",
          deploymentAt: "2026-12-01T00:00:00Z",
          deployedBy: "a@b.example",
        }),
        "forbidden",
      ],
    ],
  },
  changeDetailsAction: {
    refusals: [
      ["wrong role", engineer, () => on(fresh, { version: "2.0.0" }), "forbidden"],
      ["another team's", lead, () => on(foreign, { version: "2.0.0" }), "not-found"],
    ],
  },
  triggerRollbackAction: {
    refusals: [
      ["wrong role", auditor, () => on(fresh, { reason: "x" }), "forbidden"],
      ["out of order", engineer, () => on(fresh, { reason: "x" }), "rollback-not-possible"],
      ["another team's", engineer, () => on(foreign, { reason: "x" }), "not-found"],
    ],
  },
  cancelDeploymentAction: {
    refusals: [
      ["wrong role", engineer, () => on(fresh, { reason: "x" }), "forbidden"],
      ["another team's", lead, () => on(foreign, { reason: "x" }), "not-found"],
    ],
  },
  startPhaseAction: {
    refusals: [
      ["wrong role", auditor, () => on(fresh, { phase: "final-checks" }), "forbidden"],
      ["out of order", engineer, () => on(signing, { phase: "deployment" }), "gate-closed"],
      ["another team's", engineer, () => on(foreign, { phase: "final-checks" }), "not-found"],
    ],
  },
  completePhaseAction: {
    refusals: [
      ["wrong role", auditor, () => on(fresh, { phase: "pre-deployment" }), "forbidden"],
      ["out of order", engineer, () => on(fresh, { phase: "deployment" }), "phase-locked"],
      ["incomplete", engineer, () => on(fresh, { phase: "pre-deployment" }), "phase-incomplete"],
      ["another team's", engineer, () => on(foreign, { phase: "pre-deployment" }), "not-found"],
    ],
  },
  reopenPhaseAction: {
    refusals: [
      ["wrong role", engineer, () => on(signing, { phase: "final-checks", reason: "x" }), "forbidden"],
      ["out of order", lead, () => on(fresh, { phase: "final-checks", reason: "x" }), "phase-not-earlier"],
      ["another team's", lead, () => on(foreign, { phase: "final-checks", reason: "x" }), "not-found"],
    ],
  },
  grantApprovalAction: {
    refusals: [
      [
        "wrong role",
        engineer,
        () => signature(signing).then((rest) => on(signing, { ...rest, comment: null })),
        "forbidden",
      ],
      [
        "not one's turn",
        () => team.sre,
        () => signature(signing).then((rest) => on(signing, { ...rest, role: "devops-sre", comment: null })),
        "not-your-turn",
      ],
      [
        "too early",
        () => team.engineeringLead,
        () => signature(fresh).then((rest) => on(fresh, { ...rest, comment: null })),
        "sign-off-not-open",
      ],
      [
        "wrong password",
        () => team.engineeringLead,
        () => signature(signing).then((rest) => on(signing, { ...rest, password: "guess", comment: null })),
        "proof-required",
      ],
      [
        "other content",
        () => team.engineeringLead,
        () =>
          signature(signing).then((rest) => on(signing, { ...rest, digest: "0".repeat(64), comment: null })),
        "content-changed",
      ],
      [
        "another team's",
        () => team.engineeringLead,
        () => signature(foreign).then((rest) => on(foreign, { ...rest, comment: null })),
        "not-found",
      ],
    ],
  },
  rejectApprovalAction: {
    refusals: [
      [
        "wrong role",
        engineer,
        () => signature(signing).then((rest) => on(signing, { ...rest, reason: "x" })),
        "forbidden",
      ],
      [
        "another team's",
        () => team.engineeringLead,
        () => signature(foreign).then((rest) => on(foreign, { ...rest, reason: "x" })),
        "not-found",
      ],
    ],
  },
  answerRejectionAction: {
    refusals: [
      ["wrong role", engineer, () => on(signing, { answer: "x" }), "forbidden"],
      ["out of order", lead, () => on(signing, { answer: "x" }), "not-rejected"],
      ["another team's", lead, () => on(foreign, { answer: "x" }), "not-found"],
    ],
  },
  runCheckAction: {
    refusals: [
      ["wrong role", auditor, () => on(fresh, { item: "dns-records" }), "forbidden"],
      ["no address", engineer, () => on(fresh, { item: "dns-records" }), "invalid-input"],
      ["another team's", engineer, () => on(foreign, { item: "dns-records" }), "not-found"],
    ],
  },
  overruleVerdictAction: {
    refusals: [
      ["wrong role", engineer, () => on(fresh, { evidenceId: randomUUID(), reason: "x" }), "forbidden"],
      ["no such verdict", lead, () => on(fresh, { evidenceId: randomUUID(), reason: "x" }), "not-found"],
      ["another team's", lead, () => on(foreign, { evidenceId: randomUUID(), reason: "x" }), "not-found"],
    ],
  },
  configureChecksAction: {
    refusals: [
      [
        "wrong role",
        engineer,
        () => serviceOf(fresh).then((id) => ({ serviceId: id, checks: {} })),
        "forbidden",
      ],
      [
        "another team's",
        lead,
        () => serviceOf(foreign).then((id) => ({ serviceId: id, checks: {} })),
        "not-found",
      ],
    ],
  },
  createTokenAction: {
    refusals: [["wrong role", auditor, () => ({ name: "x", scopes: ["read"], days: 1 }), "forbidden"]],
  },
  revokeTokenAction: {
    refusals: [["nobody's", engineer, () => ({ tokenId: randomUUID() }), "not-found"]],
  },
  runJobAgainAction: {
    refusals: [["wrong role", lead, () => ({ jobId: randomUUID() }), "forbidden"]],
  },
  createPersonAction: {
    refusals: [
      [
        "wrong role",
        lead,
        () => ({ name: "X", email: "x@test.example", password: "long enough password" }),
        "forbidden",
      ],
    ],
  },
  setPasswordAction: {
    refusals: [
      ["wrong role", lead, () => ({ personId: admin.id, password: "long enough password" }), "forbidden"],
      ["nobody", boss, () => ({ personId: nobody, password: "long enough password" }), "not-found"],
    ],
  },
  disablePersonAction: {
    refusals: [
      ["wrong role", lead, () => ({ personId: admin.id }), "forbidden"],
      ["oneself", boss, () => ({ personId: admin.id }), "forbidden"],
    ],
  },
  enablePersonAction: { refusals: [["wrong role", lead, () => ({ personId: admin.id }), "forbidden"]] },
  grantRoleAction: {
    refusals: [
      ["wrong role", lead, () => ({ personId: team.lead.id, role: "admin", teamId: null }), "forbidden"],
    ],
  },
  revokeRoleAction: {
    refusals: [
      ["wrong role", lead, () => ({ personId: admin.id, role: "admin", teamId: null }), "forbidden"],
    ],
  },
  createTeamAction: { refusals: [["wrong role", lead, () => ({ name: "X" }), "forbidden"]] },
  changeTeamDutiesAction: {
    refusals: [
      [
        "wrong role",
        lead,
        () => ({ teamId: team.id, openerMaySign: true, deployerMaySign: true, mayHoldSeveralRoles: true }),
        "forbidden",
      ],
    ],
  },
  setUpAction: {
    refusals: [
      [
        "wrong token",
        lead,
        () => ({
          token: "x",
          team: "T",
          name: "N",
          email: "n@test.example",
          password: "long enough password",
        }),
        "forbidden",
      ],
    ],
  },
};

test("every server action of the build has a row", () => {
  expect([...actionIds().keys()].toSorted()).toEqual(Object.keys(ROWS).toSorted());
});

describe.each(Object.entries(ROWS))("%s", (name, { refusals }) => {
  test.each(refusals)("%s", async (_title, person, input, code) => {
    const before = await everything();
    const answer = await callAction(name, await input(), cookies.get(person().id) ?? "");
    expect(answer.body).toContain(`"code":"${code}"`);
    expect(await everything()).toEqual(before);
  });

  test("without a session, from elsewhere, or with garbage, it changes nothing", async () => {
    const before = await everything();
    const [, person, input] = refusals[0] ?? [];
    const sent = await input?.();
    const cookie = cookies.get(person?.().id ?? "") ?? "";
    if (name !== "setUpAction") expect((await callAction(name, sent, null)).code).toBe("signed-out");
    const forgeries: readonly Record<string, string | null>[] = [
      { origin: null },
      { origin: "null" },
      { origin: "https://evil.example" },
      { origin: "not an origin" },
      { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
      { "sec-fetch-site": "cross-site" },
    ];
    for (const forged of forgeries) {
      expect((await callAction(name, sent, cookie, forged)).status, JSON.stringify(forged)).toBe(403);
    }
    expect((await callAction(name, sent, cookie, { "content-type": "application/json" })).status).toBe(415);
    expect((await callAction(name, new RawBody("x".repeat(2_000_000)), cookie)).status).toBe(413);
    for (const garbage of [
      null,
      1,
      "text",
      [],
      {},
      { deploymentId: "\u0000" },
      { deploymentId: [fresh] },
      { __proto__: null, constructor: 1 },
      { reason: "x".repeat(10_000) },
    ]) {
      expect((await callAction(name, garbage, cookie)).code).toMatch(/^(invalid-input|rate-limited)$/);
    }
    expect(await everything()).toEqual(before);
  });
});

test("garbage that Next itself decodes changes nothing", async () => {
  const before = await everything();
  for (const body of ["", "{", "[", '["$F1"]', "\u0000\u0001", "[".repeat(10_000)]) {
    const { status } = await callAction(
      "cancelDeploymentAction",
      new RawBody(body),
      cookies.get(team.lead.id) ?? "",
    );
    // Next's decoder answers some of it with 500 before any code of ours runs.
    expect([200, 400, 500]).toContain(status);
  }
  expect(await everything()).toEqual(before);
  expect((await fetch(`${inject("app").url}/api/health/ready`)).status).toBe(200);
});

/** Whatever an action could have changed. */
async function everything(): Promise<unknown> {
  const { rows } = await pool().query(`
    SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM deployments) AS deployments,
           (SELECT sum(revision) FROM deployments) AS revisions, (SELECT count(*) FROM users) AS users,
           (SELECT count(*) FROM role_grants) AS roles, (SELECT count(*) FROM teams) AS teams,
           (SELECT count(*) FROM sessions WHERE revoked_at IS NULL) AS sessions, (SELECT count(*) FROM approvals) AS approvals`);
  return rows;
}
