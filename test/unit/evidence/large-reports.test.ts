import { expect, test } from "vitest";
import { allItems, chooseChecklist } from "#lib/domain/checklist.ts";
import { TARGETS } from "#lib/domain/template.ts";
import { PRODUCTION_TEMPLATE } from "#lib/domain/templates/production.ts";
import { CHECKERS } from "#lib/evidence/registry.ts";
import { CONTEXT } from "./judge.ts";
import { LARGE } from "./large-reports.ts";

const CHARACTERS = 2_000_000;
// Not how fast it is, which the machine decides, but that it ends: what grew with the square took hours.
const HANG_MS = 120_000;

const uses = allItems(chooseChecklist(PRODUCTION_TEMPLATE, TARGETS, "go-no-go")).flatMap(
  ({ item }) => item.checks ?? [],
);

test.each(CHECKERS.filter((checker) => checker.kind === "report"))(
  "$key reads two megabytes and answers every question",
  ({ key, read }) => {
    const make = LARGE[key];
    if (make === undefined) throw new Error(`no large report of ${key}`);
    const text = make(Math.floor((CHARACTERS / make(1_000).length) * 1_000));
    expect(text.length).toBeGreaterThan(1_600_000);
    const { judge, kept } = read(text);
    expect(kept.length).toBeGreaterThan(400_000);
    for (const { checker, parameters } of uses) {
      if (checker === key) expect(["pass", "fail", "unknown"]).toContain(judge(parameters, CONTEXT).verdict);
    }
  },
  HANG_MS,
);
