import { createPerson } from "#lib/services/people.ts";
import { grantRole } from "#lib/services/roles.ts";
import { setUp, setUpToken } from "#lib/services/set-up.ts";
import { ADMINISTRATOR } from "../admin/administrator.ts";
import { findActorByEmail } from "#lib/auth/find-actor-by-email.ts";
import { prisma } from "#lib/db/prisma.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { DEMO_PEOPLE, DEMO_TEAM, type DemoEmail } from "#lib/domain/demo-people.ts";

export type Cast = Readonly<Record<DemoEmail, Actor>>;

/** Makes the demo team with a person for each role; the admin holds theirs for all teams. */
export async function seedPeople(password: string): Promise<Cast> {
  const [admin] = DEMO_PEOPLE.filter(({ role }) => role === "admin");
  if (admin === undefined) throw new Error("the cast has no admin");
  await setUp(
    { token: setUpToken(), team: DEMO_TEAM, name: admin.name, email: admin.email, password },
    "demo",
  );
  const team = await prisma().team.findUniqueOrThrow({ where: { name: DEMO_TEAM } });
  for (const { email, name, role } of DEMO_PEOPLE) {
    if (role === "admin") continue;
    const personId = await createPerson(ADMINISTRATOR, { name, email, password });
    await grantRole(ADMINISTRATOR, { personId, role, teamId: role === "auditor" ? null : team.id });
  }
  return cast();
}

/** The demo's people as actors, with the roles they hold now. */
export async function cast(): Promise<Cast> {
  const actor = (email: DemoEmail) => findActorByEmail(email);
  return {
    "lead@demo.test": await actor("lead@demo.test"),
    "engineer@demo.test": await actor("engineer@demo.test"),
    "engineer2@demo.test": await actor("engineer2@demo.test"),
    "eng-lead@demo.test": await actor("eng-lead@demo.test"),
    "sre@demo.test": await actor("sre@demo.test"),
    "security@demo.test": await actor("security@demo.test"),
    "product@demo.test": await actor("product@demo.test"),
    "auditor@demo.test": await actor("auditor@demo.test"),
    "admin@demo.test": await actor("admin@demo.test"),
  };
}
