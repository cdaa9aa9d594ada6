"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { changeRemindersAction } from "#lib/actions/team-notifications.ts";
import type { TeamNotifications } from "#lib/queries/team-notifications.ts";
import { FailureNotice } from "#components/forms/failure-notice.tsx";
import { textOf, useActionForm } from "#components/forms/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { LiveRegion } from "#components/ui/live-region.tsx";

/** After how long somebody awaited is reminded, and the leads are told. */
export function RemindersForm({ team }: { team: TeamNotifications }) {
  const router = useRouter();
  const [saved, setSaved] = useState("");
  // Somebody else may change one of them meanwhile: what is as it was shown is not sent.
  const [shown, setShown] = useState<Hours>(team);
  const { onSubmit, pending, failure, errorOf } = useActionForm({
    action: changeRemindersAction,
    toInput: (values) => {
      const { remindAfterHours, escalateAfterHours } = hoursOf(values);
      return {
        teamId: team.id,
        ...(remindAfterHours !== shown.remindAfterHours && { remindAfterHours }),
        ...(escalateAfterHours !== shown.escalateAfterHours && { escalateAfterHours }),
      };
    },
    onDone: (_value, form) => {
      setShown(hoursOf(new FormData(form)));
      setSaved("Saved");
      router.refresh();
    },
  });
  const fields = [
    {
      name: "remind",
      label: "Remind approvers after, in hours",
      value: team.remindAfterHours,
      error: errorOf("remindAfterHours"),
    },
    {
      name: "escalate",
      label: "Tell the team's leads after, in hours",
      value: team.escalateAfterHours,
      error: errorOf("escalateAfterHours"),
    },
  ];
  return (
    <form onSubmit={onSubmit} onChange={() => setSaved("")} noValidate className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map(({ name, label, value, error }) => (
          <Field key={name} label={label} hint="Empty: never." marked={false} error={error}>
            {(control) => (
              <Input
                {...control}
                name={name}
                type="number"
                inputMode="numeric"
                min={1}
                max={720}
                className="max-w-24"
                defaultValue={value ?? ""}
              />
            )}
          </Field>
        ))}
      </div>
      <FailureNotice failure={failure} />
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" pending={pending}>
          Save
        </Button>
        <span aria-hidden="true" className="text-done-text">
          {saved}
        </span>
        <LiveRegion message={saved} />
      </div>
    </form>
  );
}

type Hours = Pick<TeamNotifications, "remindAfterHours" | "escalateAfterHours">;

function hoursOf(values: FormData): Hours {
  return {
    remindAfterHours: hoursIn(textOf(values, "remind")),
    escalateAfterHours: hoursIn(textOf(values, "escalate")),
  };
}

function hoursIn(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
