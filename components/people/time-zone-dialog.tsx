"use client";

import { changeTeamTimeZoneAction } from "#lib/actions/people.ts";
import type { TeamView } from "#lib/queries/list-people.ts";
import { FormDialog } from "#components/forms/form-dialog.tsx";
import { textOf } from "#components/forms/use-action-form.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** Where a team's clocks stand; the calendar shows its times beside the reader's own. */
export default function TimeZoneDialog({ team, onClose }: { team: TeamView; onClose: () => void }) {
  return (
    <FormDialog
      title={`Time zone of ${team.name}`}
      description="The calendar shows it beside each reader's own. No rule depends on it."
      confirm="Set the time zone"
      action={changeTeamTimeZoneAction}
      toInput={(values) => ({ teamId: team.id, timeZone: textOf(values, "timeZone") })}
      onClose={onClose}
    >
      {(errorOf) => (
        <Field label="Time zone" required error={errorOf("timeZone")} hint="A name such as Europe/Vienna.">
          {(control) => (
            <>
              <Input
                {...control}
                name="timeZone"
                list="time-zones"
                autoComplete="off"
                defaultValue={team.timeZone}
              />
              <datalist id="time-zones">
                {["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => (
                  <option key={zone} value={zone} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      )}
    </FormDialog>
  );
}
