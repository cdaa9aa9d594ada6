import { env } from "#lib/env.ts";
import { DEMO_PEOPLE } from "#lib/domain/demo-people.ts";

/** The demo team with its password, in evaluation mode alone; null in any other. */
export function demoAccounts() {
  const { COUNTERSIGN_EVALUATION, COUNTERSIGN_DEMO_PASSWORD } = env();
  if (COUNTERSIGN_EVALUATION === undefined) return null;
  const accounts = DEMO_PEOPLE.map(({ email, name, title }) => ({ email, name, title }));
  return { password: COUNTERSIGN_DEMO_PASSWORD, accounts };
}
