"use client";

import { useState } from "react";
import { createDelegationAction } from "#lib/actions/delegations.ts";
import type { DelegationChoice } from "#lib/queries/list-delegations.ts";
import type { ProofChoices } from "#lib/queries/proof-choices.ts";
import { FormDialog } from "#components/forms/form-dialog.tsx";
import { textOf } from "#components/forms/use-action-form.ts";
import { useProven } from "#components/proof/use-proven.tsx";
import { DateTimeInput } from "#components/ui/date-time-input.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";

const WEEK_MS = 7 * 86_400_000;

type CreateDelegationDialogProps = {
  readonly choices: readonly DelegationChoice[];
  readonly proofs: ProofChoices;
  readonly now: string;
  readonly onClose: () => void;
};

/** Who signs in one's place, as which role, from when until when. */
export default function CreateDelegationDialog({
  choices,
  proofs,
  now,
  onClose,
}: CreateDelegationDialogProps) {
  const { action, dialog } = useProven(createDelegationAction, proofs);
  const [chosen, setChosen] = useState(0);
  const choice = choices[chosen];
  return (
    <>
      <FormDialog
        title="Name a stand-in"
        description="They sign in your place and under their own name; the record says for whom. You can end it at any time."
        confirm="Name the stand-in"
        action={action}
        toInput={(values) => ({
          role: choice?.role,
          teamId: choice?.teamId,
          toId: textOf(values, "toId"),
          startsAt: textOf(values, "startsAt"),
          endsAt: textOf(values, "endsAt"),
        })}
        onClose={onClose}
      >
        {(errorOf) => (
          <>
            <Field label="Your role" required error={errorOf("role")}>
              {(control) => (
                <Select
                  {...control}
                  value={String(chosen)}
                  onChange={(event) => setChosen(Number(event.target.value))}
                >
                  {choices.map(({ title }, index) => (
                    <option key={title} value={String(index)}>
                      {title}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field
              label="Stand-in"
              required
              error={errorOf("toId")}
              hint="An approver, a lead or an engineer of the team."
            >
              {(control) => (
                <Select {...control} name="toId" defaultValue="" key={chosen}>
                  <option value="" disabled>
                    Choose a person
                  </option>
                  {choice?.people.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label="From" required error={errorOf("startsAt")}>
                {(control) => <DateTimeInput {...control} name="startsAt" instant={now} />}
              </Field>
              <Field label="Until" required error={errorOf("endsAt")} hint="At most 92 days.">
                {(control) => (
                  <DateTimeInput
                    {...control}
                    name="endsAt"
                    instant={new Date(Date.parse(now) + WEEK_MS).toISOString()}
                  />
                )}
              </Field>
            </div>
          </>
        )}
      </FormDialog>
      {dialog}
    </>
  );
}
