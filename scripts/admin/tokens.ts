import { createTokenInput } from "#lib/domain/inputs/tokens.ts";
import { prisma } from "#lib/db/prisma.ts";
import { createTokenFor } from "#lib/services/tokens.ts";
import { PlainFailure } from "../runtime/plain-failure.ts";
import { ADMINISTRATOR } from "./administrator.ts";

type Options = {
  readonly user: string;
  readonly name: string;
  readonly scope: string;
  readonly days: string;
};

/** Makes an API token for a person and prints it alone; it is not shown again. */
export async function createToken({ user, name, scope, days }: Options): Promise<void> {
  const input = createTokenInput.safeParse({ name, scopes: scope.split(","), days: Number(days) });
  if (!input.success) {
    const faults = input.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new PlainFailure(faults.join("\n"));
  }
  const person = await prisma().user.findUnique({ where: { email: user.toLowerCase(), disabledAt: null } });
  if (person === null) throw new PlainFailure(`Nobody with an open account has the e-mail address ${user}.`);
  process.stdout.write(`${await createTokenFor(ADMINISTRATOR, person.id, input.data)}\n`);
}
