import { TARGETS, type Target } from "#lib/domain/template.ts";
import type { DeploymentView } from "#lib/queries/deployment-view.ts";
import type { OpeningChoices } from "#lib/queries/opening-choices.ts";
import { APPROVER_ROLES, type ApproverRole } from "#lib/domain/roles.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { ApprovalsEditor, type ChosenStep } from "./approvals-editor.tsx";

const TARGET_TITLES: Readonly<Record<Target, string>> = {
  "fly-io": "Fly.io",
  "aws-ecs": "AWS ECS",
  kubernetes: "Kubernetes",
};

/** The predecessor's approvals, or the template's: every role once, in order. */
function stepsAtFirst(predecessor: DeploymentView | null): readonly ChosenStep[] {
  if (predecessor === null) return APPROVER_ROLES.map((role) => ({ role, quorum: 1, withPrevious: false }));
  const { steps } = predecessor.signOff;
  return steps.map(({ role, quorum, stage }, index) => ({
    role,
    quorum,
    withPrevious: steps[index - 1]?.stage === stage,
  }));
}

type ChecklistChoicesProps = {
  readonly template: OpeningChoices["template"];
  readonly holders: Readonly<Record<ApproverRole, number>>;
  readonly predecessor: DeploymentView | null;
  readonly errorOf: (field: string) => string | undefined;
};

/** Which sections the checklist gets, and where the approvals stand. */
export function ChecklistChoices({ template, predecessor, holders, errorOf }: ChecklistChoicesProps) {
  const { firstPhase } = template;
  return (
    <Panel>
      <PanelHeader
        title="Checklist"
        description={`${template.title}, version ${template.version}: ${firstPhase.items} items in ${firstPhase.title}, and more for each target.`}
      />
      <PanelBody className="grid gap-x-4 gap-y-6 sm:grid-cols-2">
        <fieldset>
          <legend className="mb-1.5 font-medium">Targets</legend>
          <div className="grid gap-2">
            {TARGETS.map((target) => (
              <Choice
                key={target}
                label={TARGET_TITLES[target]}
                hint={`Adds ${template.targets[target]} items to ${firstPhase.title}`}
                control={(ids) => (
                  <Checkbox
                    {...ids}
                    name="targets"
                    value={target}
                    defaultChecked={predecessor?.targets.includes(target)}
                  />
                )}
              />
            ))}
          </div>
        </fieldset>
        <RadioGroup
          name="signOffPlace"
          label="Sign-off"
          defaultValue={predecessor?.signOff.place ?? "go-no-go"}
          error={errorOf("signOffPlace")}
          options={[
            {
              value: "go-no-go",
              label: "Before T-0 (go / no-go)",
              hint: "Nothing is deployed until the roles below have approved.",
            },
            {
              value: "close-out",
              label: "At close-out",
              hint: "The roles approve after the last phase.",
            },
          ]}
        />
        <div className="sm:col-span-2">
          <ApprovalsEditor
            initial={stepsAtFirst(predecessor)}
            holders={holders}
            error={errorOf("approvals")}
          />
        </div>
      </PanelBody>
    </Panel>
  );
}
