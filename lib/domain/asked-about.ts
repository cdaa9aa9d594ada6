import type { Deployment } from "./deployment.ts";
import type { Blocker } from "./rejection.ts";

/** What a pipeline says that it deploys, as far as it says so. */
export type AskedAbout = {
  /** In small letters. */
  readonly commit?: string | undefined;
  readonly environment?: string | undefined;
};

/**
 * What tells this record from what is asked about: a record may be corrected while a pipeline waits, and
 * what was signed then says nothing of what that pipeline deploys. Commits are compared in full, since
 * other commits may begin with the same digits; environments without regard to case.
 */
export function otherThanAsked(
  { details }: Deployment,
  { commit, environment }: AskedAbout,
): readonly Blocker[] {
  const blockers: Blocker[] = [];
  if (commit !== undefined && commit !== details.commit)
    blockers.push({
      code: "other-commit",
      message: `The record is of commit ${details.commit}, not of ${commit}`,
    });
  if (environment !== undefined && environment.toLowerCase() !== details.environment.toLowerCase())
    blockers.push({
      code: "other-environment",
      message: `The record is of ${details.environment}, not of ${environment}`,
    });
  return blockers;
}
