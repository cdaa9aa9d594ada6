"use client";

import { useId, useState } from "react";
import { APPROVER_ROLES, ROLE_TITLES, type ApproverRole } from "#lib/domain/roles.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { FieldError } from "#components/ui/field-error.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Select } from "#components/ui/select.tsx";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";

export type ChosenStep = {
  readonly role: ApproverRole;
  readonly quorum: number;
  readonly withPrevious: boolean;
};

type ApprovalsEditorProps = {
  readonly initial: readonly ChosenStep[];
  /** How many people of the team hold each role. */
  readonly holders: Readonly<Record<ApproverRole, number>>;
  readonly error: string | undefined;
};

const QUORUMS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Which roles approve, in which order, how many of each; the form sends it as JSON in one field. */
export function ApprovalsEditor({ initial, holders, error }: ApprovalsEditorProps) {
  const [steps, setSteps] = useState(initial);
  const errorId = useId();
  const left = APPROVER_ROLES.filter((role) => !steps.some((step) => step.role === role));
  const change = (index: number, changes: Partial<ChosenStep>) =>
    setSteps(firstAlone(steps.map((step, at) => (at === index ? { ...step, ...changes } : step))));
  return (
    <fieldset aria-describedby={error === undefined ? undefined : errorId}>
      <legend className="mb-1.5 font-medium">Approvals</legend>
      <input type="hidden" name="approvals" value={JSON.stringify(steps)} />
      <ol className="divide-y divide-line rounded-md border border-line">
        {steps.map((step, index) => (
          <Row
            key={step.role}
            step={step}
            number={stageOf(steps, index)}
            isFirst={index === 0}
            isLast={index === steps.length - 1}
            isOnly={steps.length === 1}
            holders={holders[step.role]}
            onChange={(changes) => change(index, changes)}
            onMove={(by) => setSteps(firstAlone(moved(steps, index, by)))}
            onRemove={() => setSteps(firstAlone(steps.filter((_step, at) => at !== index)))}
          />
        ))}
      </ol>
      {left.length > 0 && (
        <div className="mt-2 flex flex-wrap gap-2">
          {left.map((role) => (
            <Button
              key={role}
              size="sm"
              onClick={() => setSteps([...steps, { role, quorum: 1, withPrevious: false }])}
            >
              <Icon name="plus" />
              {ROLE_TITLES[role]}
            </Button>
          ))}
        </div>
      )}
      <FieldError id={errorId} className="mt-1">
        {error}
      </FieldError>
    </fieldset>
  );
}

type RowProps = {
  readonly step: ChosenStep;
  readonly number: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isOnly: boolean;
  readonly holders: number;
  readonly onChange: (changes: Partial<ChosenStep>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
};

function Row({ step, number, isFirst, isLast, isOnly, holders, onChange, onMove, onRemove }: RowProps) {
  const title = ROLE_TITLES[step.role];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-2">
      <span className="w-4 text-ink-faint tabular-nums">{step.withPrevious ? "+" : number}</span>
      <span className="min-w-32 grow">
        <span className="font-medium">{title}</span>
        {holders < step.quorum && (
          <span className="block text-sm text-attention-text">
            {holders === 0 ? "Nobody on the team holds it" : `Held on the team by ${holders} only`}
          </span>
        )}
      </span>
      <label className="flex items-center gap-2 text-sm max-sm:order-1 max-sm:ml-7">
        <Select
          aria-label={`How many of ${title} approve`}
          className="w-16"
          value={String(step.quorum)}
          onChange={(event) => onChange({ quorum: Number(event.target.value) })}
        >
          {QUORUMS.map((quorum) => (
            <option key={quorum}>{quorum}</option>
          ))}
        </Select>
        <span aria-hidden="true" className="w-16">
          {step.quorum === 1 ? "approves" : "approve"}
        </span>
      </label>
      {isFirst ? (
        <span className="w-52 max-sm:hidden" />
      ) : (
        <label className="flex items-center gap-2 text-sm max-sm:order-1 max-sm:ml-7 sm:w-52">
          <Checkbox
            checked={step.withPrevious}
            onChange={(event) => onChange({ withPrevious: event.target.checked })}
          />
          together with the one before<VisuallyHidden>, {title}</VisuallyHidden>
        </label>
      )}
      <span className="ml-auto flex pointer-coarse:gap-4">
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`${title} earlier`}
          disabledReason={isFirst ? "It comes first" : undefined}
          onClick={() => onMove(-1)}
        >
          <Icon name="chevron-down" className="size-4 rotate-180" />
        </Button>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`${title} later`}
          disabledReason={isLast ? "It comes last" : undefined}
          onClick={() => onMove(1)}
        >
          <Icon name="chevron-down" className="size-4" />
        </Button>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`${title} does not approve`}
          disabledReason={isOnly ? "At least one role approves" : undefined}
          onClick={onRemove}
        >
          <Icon name="close" className="size-4" />
        </Button>
      </span>
    </li>
  );
}

function moved(steps: readonly ChosenStep[], index: number, by: -1 | 1): readonly ChosenStep[] {
  const [step] = steps.slice(index, index + 1);
  if (step === undefined) return steps;
  return steps.toSpliced(index, 1).toSpliced(index + by, 0, step);
}

/** The first step has none before it to go together with. */
function firstAlone(steps: readonly ChosenStep[]): readonly ChosenStep[] {
  return steps.map((step, index) => (index === 0 ? { ...step, withPrevious: false } : step));
}

function stageOf(steps: readonly ChosenStep[], index: number): number {
  return steps.slice(0, index + 1).filter(({ withPrevious }) => !withPrevious).length;
}
