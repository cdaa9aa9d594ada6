import fc from "fast-check";
import { expect, test } from "vitest";
import { replay } from "#lib/domain/evolve.ts";
import { TestRecord } from "#test/support/records.ts";
import { command } from "./random-command.ts";
import { SIGN_OFFS, SMALL } from "./small-template.ts";
import { Watch } from "./watch.ts";

test("1,000 random sequences of 50 commands never reach an illegal state, and replay to the same one", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(command, { minLength: 50, maxLength: 50 }),
      fc.constantFrom("go-no-go" as const, "close-out" as const),
      fc.constantFrom(...SIGN_OFFS),
      (commands, place, steps) => {
        const record = new TestRecord({ template: SMALL, place, steps });
        const watch = new Watch(steps);
        for (const run of commands) {
          const before = record.events.length;
          const refusal = run(record);
          if (refusal !== null) expect(record.events.length, "a refused command leaves nothing").toBe(before);
          for (const event of record.events.slice(before)) watch.see(event, record);
          watch.check(record);
        }
        expect(replay("record", record.events)).toEqual(record.deployment);
        for (const { type } of record.events) seen.add(type);
      },
    ),
    // A seed that reaches every kind of event; FC_SEED=… tries others.
    { numRuns: 1_000, seed: Number(process.env.FC_SEED ?? 20_261_124) },
  );
  expect([...seen].toSorted(), "the commands reach every kind of event").toEqual([
    "approval.granted",
    "approval.rejected",
    "break-glass.confirmed",
    "break-glass.lapsed",
    "break-glass.requested",
    "break-glass.reviewed",
    "break-glass.withdrawn",
    "comment.added",
    "comment.deleted",
    "comment.edited",
    "deployment.cancelled",
    "deployment.completed",
    "deployment.details-changed",
    "deployment.opened",
    "deployment.rolled-back",
    "evidence.added",
    "freeze.lifted",
    "item.checked",
    "item.unchecked",
    "item.waived",
    "item.waiver-withdrawn",
    "items.assigned",
    "items.due-set",
    "phase.completed",
    "phase.left-incomplete",
    "phase.reopened",
    "phase.started",
    "rejection.answered",
    "rollback.triggered",
    "sign-off.voided",
  ]);
}, 120_000);
