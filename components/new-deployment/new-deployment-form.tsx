"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { openDeploymentAction } from "#lib/actions/deployments.ts";
import { DEFAULT_SLO_TARGETS } from "#lib/domain/slo.ts";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import type { OpeningChoices } from "#lib/queries/opening-choices.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { SloFields } from "#components/forms/slo-fields.tsx";
import { useActionForm } from "#components/forms/use-action-form.ts";
import { useDraft } from "#components/forms/use-draft.ts";
import { asRoute } from "#components/ui/as-route.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { ChecklistChoices } from "./checklist-choices.tsx";
import { DeploymentFields } from "./deployment-fields.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { newDeploymentInput } from "./new-deployment-input.ts";

type NewDeploymentFormProps = {
  readonly choices: OpeningChoices;
  readonly predecessor: DeploymentView | null;
  readonly now: string;
};

const NOBODY = { "engineering-lead": 0, "devops-sre": 0, security: 0, product: 0 };

/** The metadata form. What the service used last stands in it already. */
export function NewDeploymentForm({ choices, predecessor, now }: NewDeploymentFormProps) {
  const router = useRouter();
  const [teamName, setTeamName] = useState(predecessor?.team.name ?? choices.teams[0]?.name ?? "");
  const [service, setService] = useState(predecessor?.service.name ?? "");
  const { attach, forget } = useDraft(`new-deployment:${predecessor?.id ?? ""}`);
  const { onSubmit, pending, failure, wrong, errorOf, errorWithin } = useActionForm({
    action: openDeploymentAction,
    toInput: (values) => newDeploymentInput(values, teamName, predecessor?.id ?? null),
    onDone: (id) => {
      forget();
      router.push(asRoute(`/deployments/${id}`));
    },
  });
  const team = choices.teams.find(({ name }) => name === teamName);
  const slo =
    team?.services.find(({ name }) => name === service)?.slo ??
    predecessor?.details.slo ??
    DEFAULT_SLO_TARGETS;
  return (
    <form
      ref={attach}
      onSubmit={onSubmit}
      noValidate
      className="grid gap-4 **:has-[>[data-field-error]]:scroll-mt-36"
    >
      <ErrorSummary wrong={wrong} />
      <DeploymentFields
        choices={choices}
        predecessor={predecessor}
        now={now}
        teamName={teamName}
        onTeam={setTeamName}
        service={service}
        onService={setService}
        errorOf={errorOf}
      />
      <ChecklistChoices
        template={choices.template}
        predecessor={predecessor}
        holders={team?.holders ?? NOBODY}
        errorOf={(field) => (field === "approvals" ? errorWithin(field) : errorOf(field))}
      />
      <Panel>
        <PanelHeader
          title="Service levels"
          description="Remembered for the next deployment of this service."
        />
        <PanelBody>
          <SloFields slo={slo} errorOf={errorOf} />
        </PanelBody>
      </Panel>
      <FailureNotice failure={failure} />
      <div className="flex justify-end gap-2">
        <ButtonLink href="/deployments">Cancel</ButtonLink>
        <Button type="submit" variant="primary" pending={pending} pendingWords="Opening…">
          Open the deployment
        </Button>
      </div>
    </form>
  );
}
