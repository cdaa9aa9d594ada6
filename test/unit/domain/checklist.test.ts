import { expect, test } from "vitest";
import {
  allItems,
  chooseChecklist,
  findItem,
  itemsOf,
  unfinishedSectionBefore,
} from "#lib/domain/checklist.ts";
import { checkItem } from "#lib/domain/checklist-items.ts";
import { startPhase } from "#lib/domain/phases.ts";
import { triggerRollback } from "#lib/domain/rollback.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { TARGETS, type SignOffPlace, type Target } from "#lib/domain/template.ts";
import { CAST } from "#test/support/people.ts";
import { TestRecord } from "#test/support/records.ts";

const choose = (targets: readonly Target[] = [], place: SignOffPlace = "go-no-go") =>
  chooseChecklist(PRODUCTION_TEMPLATE, targets, place);

test("a record's checklist is the template's, and says which", () => {
  const checklist = choose();
  const { key, version, title, phases, rollback, signOff } = PRODUCTION_TEMPLATE;
  expect(checklist).toEqual({
    template: { key, version, title },
    targets: [],
    phases,
    rollback,
    signOff: { place: "go-no-go", gatePhase: "deployment", steps: signOff.steps },
  });
});

test("the sections of the chosen targets join the first phase, in their order, and no other", () => {
  const [first, ...others] = PRODUCTION_TEMPLATE.phases;
  for (const target of TARGETS) {
    const [phase, ...rest] = choose([target]).phases;
    expect(phase?.sections).toEqual([...(first?.sections ?? []), PRODUCTION_TEMPLATE.targets[target]]);
    expect(rest).toEqual(others);
  }
  const both = choose(["kubernetes", "fly-io"]);
  expect(both.targets).toEqual(["kubernetes", "fly-io"]);
  expect(both.phases[0]?.sections.slice(-2)).toEqual([
    PRODUCTION_TEMPLATE.targets.kubernetes,
    PRODUCTION_TEMPLATE.targets["fly-io"],
  ]);
});

test("a sign-off stands before T-0 or after the last phase, with the steps that were chosen", () => {
  expect(choose([], "close-out").signOff).toMatchObject({ place: "close-out", gatePhase: null });
  const steps = [{ role: "security" as const, title: "Security" }];
  expect(chooseChecklist(PRODUCTION_TEMPLATE, [], "go-no-go", steps).signOff.steps).toBe(steps);
  const phases = PRODUCTION_TEMPLATE.phases.filter(({ timing }) => !timing.startsAtT0);
  expect(chooseChecklist({ ...PRODUCTION_TEMPLATE, phases }, [], "go-no-go").signOff.gatePhase).toBeNull();
});

test("an item is found with its section and phase, the rollback list's too", () => {
  const checklist = choose(["kubernetes"]);
  const items = allItems(checklist);
  expect(items).toHaveLength(89);
  for (const place of items) expect(findItem(checklist, place.item.key)).toEqual(place);
  expect(items.slice(-11)).toEqual(itemsOf(checklist.rollback));
  expect(findItem(checklist, "nonsense")).toBeUndefined();
  expect(findItem(choose(), items.find(({ section }) => section.key === "kubernetes")?.item.key ?? "")).toBe(
    undefined,
  );
});

test("the first section before another one that is not done", () => {
  const record = new TestRecord().toSignOff();
  record.signAll();
  record.do(CAST.engineer, startPhase("deployment"), triggerRollback("Errors."));
  const { rollback } = record.deployment.checklist;
  const [first, second, third] = rollback.sections;
  if (first === undefined || second === undefined || third === undefined) throw new Error("three sections");
  const before = (section: typeof first) =>
    unfinishedSectionBefore(record.deployment, rollback, section)?.key;
  expect([before(first), before(second), before(third)]).toEqual([undefined, first.key, first.key]);
  for (const { key } of first.items) record.do(CAST.engineer, checkItem(key));
  expect([before(first), before(second), before(third)]).toEqual([undefined, undefined, second.key]);
});
