import { sloFrom } from "#components/forms/slo-fields.tsx";
import { textOf } from "#components/forms/use-action-form.ts";

/** The form's values as the action's input; the server says what is wrong with them. */
export function newDeploymentInput(values: FormData, team: string, predecessorId: string | null): unknown {
  const link = textOf(values, "link").trim();
  return {
    team,
    service: textOf(values, "service"),
    environment: textOf(values, "environment"),
    version: textOf(values, "version"),
    commit: textOf(values, "commit"),
    deploymentAt: textOf(values, "deploymentAt"),
    deployedBy: textOf(values, "deployedBy"),
    targets: values.getAll("targets"),
    signOffPlace: textOf(values, "signOffPlace"),
    approvals: approvalsFrom(textOf(values, "approvals")),
    links: link === "" ? [] : [{ title: URL.canParse(link) ? new URL(link).host : "Link", url: link }],
    slo: sloFrom(values),
    predecessorId,
  };
}

// The editor's own JSON; without it (no script) the template's approvals stand.
function approvalsFrom(json: string): unknown {
  return json === "" ? undefined : JSON.parse(json);
}
