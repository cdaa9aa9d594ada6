import { expect, test, vi } from "vitest";
import { authOptions } from "#lib/auth/options.ts";
import { emailOf, makePerson, makeTeam, PASSWORD } from "#test/support/factories.ts";

test("a fault at sign-in is logged under an id, and whoever asked hears no more than that", async () => {
  const person = await makePerson("engineer", (await makeTeam()).id);
  // A session whose browser the database cannot write down.
  const place = { address: "192.0.2.7", agent: "a browser\u0000" };
  const { providers } = authOptions({
    place,
    pendingToken: null,
    devices: null,
    keepPending: () => undefined,
    keepDevices: () => undefined,
  });
  const [credentials] = providers;
  if (credentials?.type !== "credentials") throw new Error("the password is asked for first");
  const given = { email: await emailOf(person), password: PASSWORD };
  await expect(credentials.options.authorize(given, {})).rejects.toThrow(/^fault$/);
  const logged = vi.mocked(console.error);
  expect(logged.mock.calls).toEqual([
    [expect.stringMatching(/^fault [0-9a-f-]{36} at sign-in$/), expect.anything()],
  ]);
  logged.mockClear();
});
