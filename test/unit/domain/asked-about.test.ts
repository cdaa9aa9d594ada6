import { expect, test } from "vitest";
import { otherThanAsked } from "#lib/domain/asked-about.ts";
import { startPhase } from "#lib/domain/phases.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";

const { deployment } = new TestRecord();
const { commit, environment } = deployment.details;

test("a record of what is asked about answers as ever, in whatever capitals its environment is written", () => {
  expect(otherThanAsked(deployment, {})).toEqual([]);
  expect(otherThanAsked(deployment, { commit, environment: environment.toUpperCase() })).toEqual([]);
});

test("a record of another commit, also of a longer or a shorter one, or of another environment says which", () => {
  const messages = (asked: Parameters<typeof otherThanAsked>[1]) =>
    otherThanAsked(deployment, asked).map(({ code, message }) => `${code}: ${message}`);
  expect(messages({ commit: `${commit}0`, environment: "staging" })).toEqual([
    `other-commit: The record is of commit ${commit}, not of ${commit}0`,
    `other-environment: The record is of ${environment}, not of staging`,
  ]);
  expect(messages({ commit: commit.slice(0, -1) })).toHaveLength(1);
});

test("no phase begins for something else than the record is of, though its gate is open", () => {
  const record = new TestRecord().toSignOff();
  record.signAll();
  expect(record.refusal(CAST.engineer, startPhase("deployment", { environment: "staging" }))).toMatchObject({
    code: "gate-closed",
    message: "The gate before Deployment is closed",
    blockers: [{ code: "other-environment" }],
  });
  expect(record.try(CAST.engineer, startPhase("deployment", { commit, environment }))).toBeNull();
});
