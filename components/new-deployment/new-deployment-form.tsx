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
import { DateTimeInput } from "#components/ui/date-time-input.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { Select } from "#components/ui/select.tsx";
import { DateWarnings } from "./date-warnings.tsx";
import { ChecklistChoices } from "./checklist-choices.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { newDeploymentInput } from "./new-deployment-input.ts";

type NewDeploymentFormProps = {
  readonly choices: OpeningChoices;
  readonly predecessor: DeploymentView | null;
  readonly now: string;
};

const NOBODY = { "engineering-lead": 0, "devops-sre": 0, security: 0, product: 0 };
const DAY_MS = 86_400_000;

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
      <Panel>
        <PanelHeader title="What is deployed" />
        <PanelBody className="grid gap-4 sm:grid-cols-2">
          {choices.teams.length > 1 && (
            <Field label="Team" required error={errorOf("team")} className="sm:col-span-2">
              {(control) => (
                <Select {...control} value={teamName} onChange={(event) => setTeamName(event.target.value)}>
                  {choices.teams.map(({ name }) => (
                    <option key={name}>{name}</option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <Field label="Service" required error={errorOf("service")} hint="A new name adds a service.">
            {(control) => (
              <>
                <Input
                  {...control}
                  name="service"
                  list="services"
                  className="[&::-webkit-calendar-picker-indicator]:hidden!"
                  autoComplete="off"
                  value={service}
                  onChange={(event) => setService(event.target.value)}
                  autoFocus
                />
                <datalist id="services">
                  {team?.services.map(({ name }) => (
                    <option key={name} value={name} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
          <Field label="Environment" required error={errorOf("environment")}>
            {(control) => (
              <Input
                {...control}
                name="environment"
                defaultValue={predecessor?.details.environment ?? "production"}
              />
            )}
          </Field>
          <Field label="Version" required error={errorOf("version")}>
            {(control) => <Input {...control} name="version" mono placeholder="v2.14.0" autoComplete="off" />}
          </Field>
          <Field label="Git commit" required error={errorOf("commit")} hint="7 to 40 hex digits.">
            {(control) => (
              <Input
                {...control}
                name="commit"
                mono
                placeholder="3f9c2ab"
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
          <Field label="Deployment date (T-0)" required error={errorOf("deploymentAt")}>
            {(control) => (
              <DateTimeInput
                {...control}
                name="deploymentAt"
                instant={new Date(Date.parse(now) + 7 * DAY_MS).toISOString()}
              />
            )}
          </Field>
          <Field
            label="Deployed by"
            required
            error={errorOf("deployedBy")}
            hint="Whoever deploys does not sign."
          >
            {(control) => (
              <Select {...control} name="deployedBy" defaultValue="" key={teamName}>
                <option value="" disabled>
                  Choose a person
                </option>
                {team?.people.map(({ name, email }) => (
                  <option key={email} value={email}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <DateWarnings team={teamName} />
          <Field
            label="Link"
            error={errorOf("links.0.url")}
            hint="Release notes, change request…"
            className="sm:col-span-2"
          >
            {(control) => <Input {...control} name="link" type="url" placeholder="https://" />}
          </Field>
        </PanelBody>
      </Panel>
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
