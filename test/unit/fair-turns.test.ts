import { expect, test } from "vitest";
import { createFairTurns, TooMuchWaiting } from "#lib/fair-turns.ts";

function tasks(most: number) {
  const inTurn = createFairTurns(most);
  const order: string[] = [];
  const bring = async (who: string, name: string, weight = 1) =>
    inTurn(who, weight, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push(name);
    });
  return { order, bring };
}

test("nobody waits for all that another has brought", async () => {
  const { order, bring } = tasks(10);
  const flood = ["a1", "a2", "a3", "a4"].map(async (name) => bring("a", name));
  await Promise.all([...flood, bring("b", "b1"), bring("c", "c1"), bring("b", "b2")]);
  expect(order).toEqual(["a1", "a2", "b1", "c1", "a3", "b2", "a4"]);
});

test("what one has waiting weighs so much at most; a single task may weigh anything", async () => {
  const { order, bring } = tasks(5);
  const brought = [
    bring("a", "a1", 100),
    bring("a", "a2", 100),
    bring("a", "a3"),
    bring("b", "b1", 3),
    bring("b", "b2", 2),
    bring("b", "b3"),
  ];
  const refused = (await Promise.allSettled(brought)).map((one) =>
    one.status === "rejected" ? one.reason : null,
  );
  expect(refused).toEqual([null, null, expect.any(TooMuchWaiting), null, null, expect.any(TooMuchWaiting)]);
  expect(order).toEqual(["a1", "a2", "b1", "b2"]);
});

test("a task that fails ends its turn, and the next time begins afresh", async () => {
  const inTurn = createFairTurns(1);
  const fails = inTurn("a", 1, async () => Promise.reject(new Error("no")));
  const follows = inTurn("b", 1, async () => "yes");
  expect(await Promise.allSettled([fails, follows])).toMatchObject([
    { status: "rejected" },
    { value: "yes" },
  ]);
  expect(await inTurn("a", 1, async () => "again")).toBe("again");
});
