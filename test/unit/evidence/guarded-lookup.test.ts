import { NODATA, NOTFOUND, type LookupAddress } from "node:dns";
import { expect, test } from "vitest";
import { guardedLookup } from "#lib/evidence/outside/guarded-lookup.ts";
import { Unreadable } from "#lib/evidence/unreadable.ts";

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

test.each([
  ["a private address", null, ["10.0.3.7"]],
  ["a private one among others", null, ["8.8.8.8", "10.0.3.7"]],
  ["none", null, []],
  ["none that there is", NOTFOUND, []],
  ["none of this kind", NODATA, []],
])("a name with %s is refused in the same words", async (_which, code, addresses) => {
  const lookup = guardedLookup([], (_hostname, _options, callback) => {
    const error = code === null ? null : Object.assign(new Error(`getaddrinfo ${code}`), { code });
    callback(
      error,
      addresses.map((address) => ({ address, family: 4 })),
    );
  });
  const said = new Promise((resolve) => lookup("vault.corp.internal", {}, resolve));
  expect(await said).toEqual(
    new Unreadable(
      "vault.corp.internal has no address, or a private address that this installation does not allow",
    ),
  );
});
