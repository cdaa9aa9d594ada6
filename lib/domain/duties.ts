import type { Deployment } from "./deployment.ts";
import { Rejection } from "./rejection.ts";

/** Rule 3: neither whoever opened the record nor its deployer signs, unless the team relaxed that. */
export function refusedByDuties(
  { relaxations, opened, details }: Deployment,
  personId: string,
  subject: { readonly name: string } | null = null,
): Rejection | null {
  const who = subject?.name ?? "You";
  if (!relaxations.openerMaySign && opened.by.id === personId) {
    return new Rejection("separation-of-duties", `${who} opened this deployment, so somebody else signs it`);
  }
  if (!relaxations.deployerMaySign && details.deployedBy.id === personId) {
    const verb = subject === null ? "are" : "is";
    return new Rejection(
      "separation-of-duties",
      `${who} ${verb} named as deployer, so somebody else signs it`,
    );
  }
  return null;
}
