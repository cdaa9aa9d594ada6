import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { verifyHistory } from "#lib/services/verify-history.ts";
import { openingChoices } from "#lib/queries/opening-choices.ts";
import { grantApproval } from "#lib/services/approvals.ts";
import { changeDetails } from "#lib/services/deployments.ts";
import {
  emailOf,
  eventTypes,
  finishPhase,
  load,
  makeTeam,
  openRecord,
  refusalOf,
  sign,
  signAll,
  toSignOff,
} from "#test/support/factories.ts";
import { digestOf, others, team, VERBS } from "./verb-rows.ts";
import { WORK_VERBS } from "./work-verb-rows.ts";

describe.each([...VERBS, ...WORK_VERBS])("$name", (verb) => {
  test("works and leaves its event", async () => {
    const id = await openRecord(team);
    await verb.prepare(id);
    const before = await eventTypes(id);
    await verb.run(verb.by(), id);
    expect((await eventTypes(id)).slice(before.length)).toEqual(verb.leaves);
  });

  test("is refused to the wrong role, and changes nothing", async () => {
    const id = await openRecord(team);
    await verb.prepare(id);
    const before = await load(id);
    expect(await refusalOf(verb.run(verb.wrongRole(), id))).toBe("forbidden");
    expect(await load(id)).toEqual(before);
  });

  test.skipIf(verb.tooEarly === null)("is refused out of order, and changes nothing", async () => {
    const id = await openRecord(team);
    await verb.tooEarly?.prepare?.(id);
    const before = await load(id);
    expect(await refusalOf(verb.run(verb.by(), id))).toBe(verb.tooEarly?.code);
    expect(await load(id)).toEqual(before);
  });

  test("twice at once takes effect once", async () => {
    const id = await openRecord(team);
    await verb.prepare(id);
    const before = await eventTypes(id);
    const refusals = await Promise.all([
      refusalOf(verb.run(verb.by(), id)),
      refusalOf(verb.run(verb.by(), id)),
    ]);
    const left = (await eventTypes(id)).slice(before.length);
    if (verb.second === "added twice") return expect(left).toEqual([...verb.leaves, ...verb.leaves]);
    expect(left).toEqual(verb.leaves);
    expect(refusals.filter((code) => code !== null)).toEqual(verb.second === undefined ? [] : [verb.second]);
  });

  test("does not find somebody else's deployment", async () => {
    const id = await openRecord(others);
    const before = await load(id);
    expect(await refusalOf(verb.run(verb.by(), id))).toBe("not-found");
    expect(await load(id)).toEqual(before);
  });
});

test("an approval needs the signer's own password", async () => {
  const id = await openRecord(team);
  await toSignOff(team, id);
  const digest = await digestOf(id);
  const attempt = grantApproval(team.engineeringLead, {
    deploymentId: id,
    role: "engineering-lead",
    digest,
    proof: { kind: "password", password: "guessed" },
    comment: null,
  });
  expect(await refusalOf(attempt)).toBe("proof-required");
  expect((await load(id)).approvals).toEqual([]);
});

test("a batch leaves one event for each click, and one refusal does not stop the others", async () => {
  const id = await openRecord(team);
  const { settleItems } = await import("#lib/services/checklist-items.ts");
  const { refusals } = await settleItems(team.engineer, {
    deploymentId: id,
    changes: [
      { item: "mtls-enabled", to: "done" },
      { item: "staging-matches", to: "done" },
      { item: "firewall-rules", to: "done" },
    ],
  });
  expect(refusals.map((refusal) => refusal?.code ?? null)).toEqual([null, "phase-locked", null]);
  expect(await eventTypes(id)).toEqual(["deployment.opened", "item.checked", "item.checked"]);
});

test("a correction tells nobody of another team which records are there, nor who is on its team", async () => {
  const other = await makeTeam();
  const id = await openRecord(team);
  const correct = async (deploymentId: string, deployedBy: string) =>
    refusalOf(changeDetails(other.lead, { deploymentId, deployedBy }));
  expect(await correct(id, "nobody@test.example")).toBe("not-found");
  expect(await correct(id, await emailOf(team.engineer))).toBe("not-found");
  expect(await correct(randomUUID(), "nobody@test.example")).toBe("not-found");
});

test("an auditor, who changes nothing, is neither offered nor taken as deployer", async () => {
  const auditor = await emailOf(team.auditor);
  expect(await refusalOf(openRecord(team, { deployedBy: auditor }))).toBe("invalid-input");
  const id = await openRecord(team);
  expect(await refusalOf(changeDetails(team.lead, { deploymentId: id, deployedBy: auditor }))).toBe(
    "invalid-input",
  );
  const [choices] = (await openingChoices(team.lead)).teams;
  const offered = choices?.people.map(({ email }) => email);
  expect(offered).toContain(await emailOf(team.engineer));
  expect(offered).not.toContain(auditor);
});

test("a whole life, sign-off and all, verifies", async () => {
  const id = await openRecord(team, { targets: ["fly-io", "aws-ecs", "kubernetes"] });
  await toSignOff(team, id);
  await sign(id, team.engineeringLead, "engineering-lead");
  await changeDetails(team.lead, { deploymentId: id, version: "1.0.2" });
  await signAll(team, id);
  for (const phase of ["deployment", "post-deployment", "follow-up"]) await finishPhase(team, id, phase);
  expect((await load(id)).ended?.outcome).toBe("completed");
  const { flaws, events } = await verifyHistory();
  expect(flaws).toEqual([]);
  expect(events).toBeGreaterThan(100);
});
