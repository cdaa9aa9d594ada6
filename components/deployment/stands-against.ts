import type { DeploymentView } from "#lib/queries/deployment-view.ts";

/** What keeps the gate closed besides the signatures themselves, a sentence each. */
export function standsAgainst({ blockers }: DeploymentView): readonly string[] {
  return blockers.flatMap(({ code, message }) =>
    code === "approval-missing" || code === "sign-off-rejected" ? [] : [message],
  );
}
