"use client";

import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import type { OpeningChoices } from "#lib/queries/opening-choices.ts";
import { DateTimeInput } from "#components/ui/date-time-input.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { Select } from "#components/ui/select.tsx";
import { DateWarnings } from "./date-warnings.tsx";

type DeploymentFieldsProps = {
  readonly choices: OpeningChoices;
  readonly predecessor: DeploymentView | null;
  readonly now: string;
  readonly teamName: string;
  readonly onTeam: (name: string) => void;
  readonly service: string;
  readonly onService: (name: string) => void;
  readonly errorOf: (field: string) => string | undefined;
};

const DAY_MS = 86_400_000;

/** What is deployed, where, when and by whom: the fields that each deployment has. */
export function DeploymentFields({
  choices,
  predecessor,
  now,
  teamName,
  onTeam,
  service,
  onService,
  errorOf,
}: DeploymentFieldsProps) {
  const team = choices.teams.find(({ name }) => name === teamName);
  return (
    <Panel>
      <PanelHeader title="What is deployed" />
      <PanelBody className="grid gap-4 sm:grid-cols-2">
        {choices.teams.length > 1 && (
          <Field label="Team" required error={errorOf("team")} className="sm:col-span-2">
            {(control) => (
              <Select {...control} value={teamName} onChange={(event) => onTeam(event.target.value)}>
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
                onChange={(event) => onService(event.target.value)}
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
  );
}
