"use client";

import { createFreezeAction } from "#lib/actions/freezes.ts";
import type { FreezeTeams } from "#lib/queries/freeze-teams.ts";
import { FormDialog } from "#components/forms/form-dialog.tsx";
import { textOf } from "#components/forms/use-action-form.ts";
import { DateTimeInput } from "#components/ui/date-time-input.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";

const DAY_MS = 86_400_000;

type CreateFreezeDialogProps = {
  readonly choices: FreezeTeams;
  readonly now: string;
  readonly onClose: () => void;
};

/** What is frozen, from when until when, and why. */
export default function CreateFreezeDialog({ choices, now, onClose }: CreateFreezeDialogProps) {
  return (
    <FormDialog
      title="Freeze deployments"
      description="Nothing begins at T-0 in this span. What has begun goes on; a team lead can let a single deployment through, with a reason."
      confirm="Freeze"
      action={createFreezeAction}
      toInput={(values) => ({
        team: textOf(values, "team") || null,
        environment: textOf(values, "environment").trim() || null,
        startsAt: textOf(values, "startsAt"),
        endsAt: textOf(values, "endsAt"),
        reason: textOf(values, "reason"),
      })}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Team" required error={errorOf("team")}>
              {(control) => (
                <Select {...control} name="team" defaultValue={choices.teams[0] ?? ""}>
                  {choices.everyTeam && <option value="">Every team</option>}
                  {choices.teams.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label="Environment" error={errorOf("environment")} hint="Empty: every environment.">
              {(control) => <Input {...control} name="environment" defaultValue="production" />}
            </Field>
            <Field label="From" required error={errorOf("startsAt")}>
              {(control) => <DateTimeInput {...control} name="startsAt" instant={now} />}
            </Field>
            <Field label="Until" required error={errorOf("endsAt")} hint="At most 366 days.">
              {(control) => (
                <DateTimeInput
                  {...control}
                  name="endsAt"
                  instant={new Date(Date.parse(now) + DAY_MS).toISOString()}
                />
              )}
            </Field>
          </div>
          <Field
            label="Why?"
            required
            error={errorOf("reason")}
            hint="Everybody who is stopped by it reads this."
          >
            {(control) => <Input {...control} name="reason" maxLength={200} />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
