import { expect, test } from "vitest";
import { viewDeployment } from "#lib/queries/view-deployment.ts";
import { awaitedPeople } from "#components/war-room/awaited-people.ts";
import { CAST, person } from "#test/support/people.ts";
import { approval, NOTHING_AROUND, TestRecord } from "#test/support/records.ts";
import { requestBreakGlass } from "#lib/domain/break-glass.ts";

const SECOND_SRE = person("Sven", "devops-sre");
const HOLDERS = {
  "team-lead": [CAST.lead],
  engineer: [CAST.engineer],
  "engineering-lead": [CAST.engineeringLead],
  "devops-sre": [CAST.sre, SECOND_SRE, CAST.engineer],
  security: [],
};

const awaitedOn = (record: TestRecord) =>
  awaitedPeople(viewDeployment(record.deployment, NOTHING_AROUND, CAST.engineer, record.now), HOLDERS);

test("an open phase awaits whoever may tick what is open", () => {
  expect(awaitedOn(new TestRecord())).toMatchObject([
    {
      what: expect.stringMatching(/^\d+ items of Pre-deployment$/),
      names: [`Engineers: ${CAST.engineer.name}`],
    },
  ]);
});

test("a sign-off awaits the holders of the next role, by name, and nobody who is bound by duty", () => {
  const record = new TestRecord();
  record.complete("pre-deployment");
  record.complete("final-checks");
  expect(awaitedOn(record)).toEqual([
    { what: "To sign as Engineering Lead", names: [CAST.engineeringLead.name] },
  ]);
  record.do(CAST.engineeringLead, approval(record, "engineering-lead", CAST.engineeringLead));
  expect(awaitedOn(record)).toEqual([
    { what: "To sign as DevOps/SRE", names: [CAST.sre.name, SECOND_SRE.name] },
  ]);
  record.do(CAST.sre, approval(record, "devops-sre", CAST.sre));
  expect(awaitedOn(record)).toEqual([{ what: "To sign as Security", names: [] }]);
});

test("broken glass awaits an approver besides", () => {
  const record = new TestRecord();
  record.do(CAST.lead, requestBreakGlass("final-checks", "Down.", []));
  expect(awaitedOn(record)[0]).toEqual({
    what: "To confirm break glass before Final checks",
    names: [CAST.engineeringLead.name, CAST.sre.name, SECOND_SRE.name],
  });
});
