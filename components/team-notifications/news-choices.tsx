import {
  ALL_NOTIFICATION_KINDS,
  TEAM_NEWS_TITLES,
  type NotificationKind,
} from "#lib/domain/notifications.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { Icon } from "#components/ui/icon.tsx";

type NewsChoicesProps = {
  readonly chosen: readonly NotificationKind[];
  readonly error: string | undefined;
};

/** What a webhook tells of, as `news` of its form. */
export function NewsChoices({ chosen, error }: NewsChoicesProps) {
  return (
    <fieldset className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
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
      {error !== undefined && (
        <p role="alert" className="flex items-start gap-1 text-sm text-blocked-text sm:col-span-2">
          <Icon name="alert" className="mt-0.5 size-3.5" />
          {error}
        </p>
      )}
    </fieldset>
  );
}
