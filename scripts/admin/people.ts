import { createInterface } from "node:readline/promises";
import { createPersonInput } from "#lib/domain/inputs/people.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { ROLES } from "#lib/domain/roles.ts";
import { prisma } from "#lib/db/prisma.ts";
import { createPerson } from "#lib/services/people.ts";
import { grantRole } from "#lib/services/roles.ts";
import { ADMINISTRATOR } from "./administrator.ts";
import { PlainFailure } from "../runtime/plain-failure.ts";

/** Adds a person and prints their id. The password comes from standard input, not from the arguments. */
export async function createUser({ email, name }: { email: string; name: string }): Promise<void> {
  const parsed = createPersonInput.safeParse({ email, name, password: await passwordFromInput() });
  if (!parsed.success)
    throw new PlainFailure(
      parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"),
    );
  const id = await orPlainly(createPerson(ADMINISTRATOR, parsed.data));
  process.stdout.write(`${id}\n`);
}

export async function grantRoleByEmail({
  email,
  role,
  team,
}: {
  email: string;
  role: string;
  team?: string;
}): Promise<void> {
  const known = ROLES.find((candidate) => candidate === role);
  if (known === undefined)
    throw new PlainFailure(`There is no role "${role}"; there are: ${ROLES.join(", ")}`);
  const person = await prisma().user.findUnique({ where: { email: email.toLowerCase() } });
  if (person === null) throw new PlainFailure(`Nobody has the e-mail address ${email}.`);
  const held = team === undefined ? null : await prisma().team.findUnique({ where: { name: team } });
  if (team !== undefined && held === null) throw new PlainFailure(`There is no team "${team}".`);
  await orPlainly(grantRole(ADMINISTRATOR, { personId: person.id, role: known, teamId: held?.id ?? null }));
}

async function passwordFromInput(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("Password: ");
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  throw new PlainFailure("Give the password on standard input.");
}

async function orPlainly<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Rejection) throw new PlainFailure(error.message);
    throw error;
  }
}
