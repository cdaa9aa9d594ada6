import type { LookupAddress } from "node:dns";
import { expect, test } from "vitest";
import { guardedLookup } from "#lib/evidence/outside/guarded-lookup.ts";

// The name has the address 8.8.8.8 once `answer` is called.
function slowNames() {
  const held: (() => void)[] = [];
  const lookup = guardedLookup([], (_hostname, _options, callback) => {
    held.push(() => callback(null, [{ address: "8.8.8.8", family: 4 }]));
  });
  const ask = async (name: string) =>
    new Promise<string | LookupAddress[]>((resolve, reject) => {
      lookup(name, {}, (error, address) => (error === null ? resolve(address) : reject(error)));
    });
  return { held, ask };
}

const settled = async () => new Promise((resolve) => setImmediate(resolve));

test("however many slow names are asked for at once, two are looked up, and the others have their turn", async () => {
  const { held, ask } = slowNames();
  const asked = Promise.all(Array.from({ length: 20 }, async (_, index) => ask(`slow-${index}.example`)));
  for (let answered = 0; answered < 20; answered += 1) {
    await settled();
    expect(held.length).toBe(Math.min(20, answered + 2));
    held[answered]?.();
  }
  expect(await asked).toEqual(Array.from({ length: 20 }, () => "8.8.8.8"));
});
