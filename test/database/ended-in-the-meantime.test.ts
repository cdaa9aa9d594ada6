import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { findActor } from "#lib/auth/find-actor.ts";
import { inTurn } from "#lib/db/turns.ts";
import { disablePerson, setPassword } from "#lib/services/people.ts";
import { revokeRole } from "#lib/services/roles.ts";
import { cancelDeployment } from "#lib/services/rollback.ts";
import { signIn } from "#lib/services/sign-in.ts";
import {
  emailOf,
  inSession,
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  refusalOf,
} from "#test/support/factories.ts";

const admin = async () => inSession(await makePerson("admin", null));

test("no session of the old password outlives a new one, however many sign-ins were under way", async () => {
  const { engineer } = await makeTeam();
  const by = await admin();
  const email = await emailOf(engineer);
  const attempts = Array.from({ length: 9 }, async () =>
    signIn(email, PASSWORD, "192.0.2.9").catch(() => null),
  );
  await sleep(25);
  await setPassword(by, { personId: engineer.id, password: "another password altogether" });
  const begun = (await Promise.all(attempts)).flatMap((each) => (each === null ? [] : [each.token]));
  expect(await Promise.all(begun.map(async (token) => findActor(token)))).toEqual(begun.map(() => null));
});

test.each(["a role that was taken away", "an account that was closed"])(
  "%s stops a change that was waiting for its turn",
  async (what) => {
    const team = await makeTeam();
    const by = await admin();
    const lead = await inSession(team.lead);
    const id = await openRecord(team);
    const held = Promise.withResolvers<void>();
    const busy = inTurn(id, "another", async () => held.promise);
    const late = refusalOf(cancelDeployment(lead, { deploymentId: id, reason: "Out of spite" }));
    if (what.startsWith("a role"))
      await revokeRole(by, { personId: lead.id, role: "team-lead", teamId: team.id });
    else await disablePerson(by, { personId: lead.id });
    held.resolve();
    await busy;
    expect(await late).toBe("not-found");
    expect((await load(id)).ended).toBeNull();
  },
);
