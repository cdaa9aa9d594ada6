import { useId } from "react";
import {
  NOTIFICATION_KINDS,
  TEAM_NOTIFICATION_KINDS,
  type NotificationKind,
} from "#lib/domain/notifications.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { FieldError } from "#components/ui/field-error.tsx";

type NewsChoicesProps = {
  readonly chosen: readonly NotificationKind[];
  readonly error: string | undefined;
};

/** What a webhook tells of, as `news` of its form. */
export function NewsChoices({ chosen, error }: NewsChoicesProps) {
  const errorId = useId();
  return (
    <fieldset aria-describedby={error === undefined ? undefined : errorId} className="gap-x-4 sm:columns-2">
      <legend className="mb-2 font-medium">Events</legend>
      {TEAM_NOTIFICATION_KINDS.map((kind) => (
        <Choice
          key={kind}
          className="mb-2 break-inside-avoid pointer-coarse:mb-0"
          label={NOTIFICATION_KINDS[kind].title}
          control={(ids) => (
            <Checkbox {...ids} plain name="news" value={kind} defaultChecked={chosen.includes(kind)} />
          )}
        />
      ))}
      <FieldError id={errorId} className="[column-span:all]">
        {error}
      </FieldError>
    </fieldset>
  );
}
