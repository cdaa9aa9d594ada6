import { useId } from "react";
import {
  ALL_NOTIFICATION_KINDS,
  TEAM_NEWS_TITLES,
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
    <fieldset
      aria-describedby={error === undefined ? undefined : errorId}
      className="grid gap-x-4 gap-y-2 sm:grid-cols-2"
    >
      <legend className="mb-2 font-medium">News</legend>
      {ALL_NOTIFICATION_KINDS.map((kind) => (
        <Choice
          key={kind}
          label={TEAM_NEWS_TITLES[kind]}
          control={(ids) => (
            <Checkbox {...ids} name="news" value={kind} defaultChecked={chosen.includes(kind)} />
          )}
        />
      ))}
      <FieldError id={errorId} className="sm:col-span-2">
        {error}
      </FieldError>
    </fieldset>
  );
}
