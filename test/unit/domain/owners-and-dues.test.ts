import { describe, expect, test } from "vitest";
import { findItem } from "#lib/domain/checklist.ts";
import { changeDetails } from "#lib/domain/details.ts";
import { dueOf, nearness, setDue } from "#lib/domain/dues.ts";
import { assignItems, mayAssign } from "#lib/domain/owners.ts";
import { startPhase } from "#lib/domain/phases.ts";
import { cancelDeployment, triggerRollback } from "#lib/domain/rollback.ts";
import { DAY, HOUR, laterBy, MINUTE } from "#lib/domain/time.ts";
import { CAST, person } from "#test/support/people.ts";
import { START, TestRecord } from "#test/support/records.ts";

const MORE = person("Emma", "engineer");
const by = ({ id }: { readonly id: string }, assignsAnybody = false) => ({ id, assignsAnybody });
const asPerson = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, name });
const due = (record: TestRecord, key: string) => {
  const place = findItem(record.deployment.checklist, key);
  if (place === undefined) throw new Error(`no item ${key}`);
  return dueOf(record.deployment, place.phase, key);
};

describe("owners", () => {
  test.each([
    ["takes what is nobody's", null, "me", false, true],
    ["takes what is somebody else's", "her", "me", false, true],
    ["gives on their own", "me", "her", false, true],
    ["drops their own", "me", null, false, true],
    ["gives what is nobody's to anybody", null, "her", false, true],
    ["gives on what is somebody else's", "her", "him", false, false],
    ["takes an item from somebody for nobody", "her", null, false, false],
    ["gives on what is somebody else's, as a team lead", "her", "him", true, true],
  ])("an engineer %s", (_what, before, after, lead, allowed) => {
    const ref = (id: string | null) => (id === null ? null : { id });
    expect(mayAssign(ref(before), ref(after), { id: "me", assignsAnybody: lead })).toBe(allowed);
  });

  test("one event names the items that change hands, and says so in order", () => {
    const record = new TestRecord();
    record.do(CAST.engineer, assignItems(["cdn"], asPerson(CAST.engineer), by(CAST.engineer)));
    record.do(CAST.lead, assignItems(["cdn", "cdn", "mtls-enabled"], asPerson(MORE), by(CAST.lead, true)));
    record.do(CAST.lead, assignItems(["cdn"], asPerson(MORE), by(CAST.lead, true)));
    expect(record.events.slice(1).map(({ data }) => data)).toMatchObject([
      { items: [{ item: "cdn" }], ownerId: CAST.engineer.id, ownerName: "Emil" },
      { items: [{ item: "cdn" }, { item: "mtls-enabled" }], ownerId: MORE.id },
    ]);
    expect(record.deployment.owners).toEqual({ cdn: asPerson(MORE), "mtls-enabled": asPerson(MORE) });
    record.do(CAST.lead, assignItems(["cdn"], null, by(CAST.lead, true)));
    expect(record.deployment.owners).toEqual({ "mtls-enabled": asPerson(MORE) });
  });

  test("one item that may not be given keeps all of them where they are", () => {
    const record = new TestRecord();
    record.do(CAST.lead, assignItems(["cdn"], asPerson(MORE), by(CAST.lead, true)));
    const give = assignItems(["mtls-enabled", "cdn"], asPerson(CAST.lead), by(CAST.engineer));
    expect(record.refusal(CAST.engineer, give)).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("is Emma’s"),
    });
    expect(record.try(CAST.engineer, assignItems(["nonsense"], null, by(CAST.engineer)))).toBe("not-found");
    expect(Object.keys(record.deployment.owners)).toEqual(["cdn"]);
  });

  test("neither an owner nor a date is part of what is signed", () => {
    const record = new TestRecord().toSignOff();
    record.signAll();
    const digest = record.digest();
    record.do(CAST.lead, assignItems(["cdn"], asPerson(MORE), by(CAST.lead, true)));
    record.do(CAST.lead, setDue(["cdn"], laterBy(START, DAY)));
    expect(record.digest()).toBe(digest);
    expect(record.deployment.approvals.every(({ voided }) => voided === null)).toBe(true);
    record.do(CAST.engineer, startPhase("deployment"));
  });
});

describe("neither owners nor dates", () => {
  const assign = (key: string) => assignItems([key], asPerson(MORE), by(CAST.lead, true));
  const set = (key: string) => setDue([key], START);

  test("are given to what is no item, nor after the end", () => {
    const record = new TestRecord();
    const notFound = { code: "not-found", message: "There is no such item on this deployment" };
    expect(record.refusal(CAST.lead, assign("nonsense"))).toEqual(notFound);
    expect(record.refusal(CAST.lead, set("nonsense"))).toEqual(notFound);
    record.do(CAST.lead, cancelDeployment("Another day."));
    expect(record.try(CAST.lead, assign("cdn"))).toBe("deployment-ended");
    expect(record.try(CAST.lead, set("cdn"))).toBe("deployment-ended");
  });

  test("are given twice", () => {
    const record = new TestRecord();
    record.do(CAST.lead, assign("cdn"), set("cdn"));
    const before = record.deployment;
    record.do(CAST.lead, assign("cdn"), set("cdn"), setDue(["mtls-enabled"], null));
    expect(record.deployment).toBe(before);
  });
});

describe("due dates", () => {
  const T0 = laterBy(START, 7 * DAY);

  test.each([
    ["mtls-enabled", -HOUR],
    ["staging-matches", 0],
    ["run-migrations", 30 * MINUTE],
    ["health-checks-green", DAY],
    ["runbooks-updated", 2 * DAY],
  ])("%s is due when the next phase begins", (key, offset) => {
    expect(due(new TestRecord(), key)).toBe(laterBy(T0, offset));
  });

  test("they move with the deployment's date, unless they were set", () => {
    const record = new TestRecord();
    const set = laterBy(START, DAY);
    record.do(CAST.lead, setDue(["cdn"], set));
    record.do(CAST.lead, changeDetails({ deploymentAt: laterBy(T0, DAY) }));
    expect([due(record, "cdn"), due(record, "mtls-enabled")]).toEqual([set, laterBy(T0, DAY - HOUR)]);
    record.do(CAST.lead, setDue(["cdn", "mtls-enabled"], null));
    expect(record.events.at(-1)?.data).toMatchObject({ items: [{ item: "cdn" }], dueAt: null });
    expect(due(record, "cdn")).toBe(laterBy(T0, DAY - HOUR));
  });

  test("from T-0 on they count from T-0; the rollback list has none", () => {
    const record = new TestRecord().toSignOff();
    record.signAll();
    record.do(CAST.engineer, startPhase("deployment"));
    expect(due(record, "run-migrations")).toBe(laterBy(record.now, 30 * MINUTE));
    record.do(CAST.engineer, triggerRollback("502s."));
    expect(due(record, record.deployment.checklist.rollback.sections[0]?.items[0]?.key ?? "")).toBeNull();
  });

  test("a phase without a time of its own has none, wherever it stands", () => {
    const { deployment } = new TestRecord();
    const timeless = ({ timing, ...phase }: (typeof deployment.checklist.phases)[number]) => ({
      ...phase,
      timing: { ...timing, offsetMinutes: null },
    });
    const [first, second, ...rest] = deployment.checklist.phases;
    if (first === undefined || second === undefined) throw new Error("a checklist has two phases");
    const phases = [timeless(first), timeless(second), ...rest];
    const without = { ...deployment, checklist: { ...deployment.checklist, phases } };
    expect(dueOf(without, first, "cdn")).toBeNull();
    expect(dueOf(without, { ...second, key: "elsewhere" }, "cdn")).toBeNull();
  });

  test.each([
    [-1, "late"],
    [0, "late"],
    [1, "near"],
    [4 * HOUR, "near"],
    [4 * HOUR + 1, "far"],
  ])("%s ms from now is %s", (offset, expected) => {
    expect(nearness(laterBy(START, offset), START)).toBe(expected);
  });
});
