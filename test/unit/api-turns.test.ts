import { expect, test } from "vitest";
import { createTurns } from "#lib/turns.ts";

test("so many things of one caller at once, however many they bring, and those of another beside them", async () => {
  const inTurn = createTurns(2);
  const running = new Map<string, number>();
  const most = new Map<string, number>();
  const work = async (caller: string) =>
    inTurn(caller, async () => {
      running.set(caller, (running.get(caller) ?? 0) + 1);
      most.set(caller, Math.max(most.get(caller) ?? 0, running.get(caller) ?? 0));
      await new Promise((resolve) => setImmediate(resolve));
      running.set(caller, (running.get(caller) ?? 1) - 1);
      return caller;
    });
  const callers = [...Array.from({ length: 20 }, () => "one"), "another"];
  expect(await Promise.all(callers.map(work))).toEqual(callers);
  expect(Object.fromEntries(most)).toEqual({ one: 2, another: 1 });
});
