"use client";

import { chooseWayAction } from "#lib/actions/notifications.ts";
import {
  NOTIFICATION_KINDS,
  WAY_TITLES,
  WAYS,
  type NotificationKind,
  type Way,
} from "#lib/domain/notifications.ts";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";
import { usePageChange } from "#components/forms/use-page-change.ts";
import { Select } from "#components/ui/select.tsx";

type WaysTableProps = {
  readonly ways: readonly { readonly kind: NotificationKind; readonly way: Way }[];
};

/** How one hears of each kind of news; a choice holds from the next one on. */
export function WaysTable({ ways }: WaysTableProps) {
  const { run, pending, failure, forget } = usePageChange();
  return (
    <>
      <ul className="divide-y divide-line">
        {ways.map(({ kind, way }) => {
          const { title, about } = NOTIFICATION_KINDS[kind];
          return (
            <li
              key={kind}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1.5 px-4 py-2.5"
            >
              <div className="min-w-0 grow basis-72">
                <p id={`kind-${kind}`} className="font-medium">
                  {title}
                </p>
                <p className="text-sm text-pretty text-ink-muted">{about}</p>
              </div>
              <div className="w-56">
                <Select
                  aria-labelledby={`kind-${kind}`}
                  value={way}
                  disabled={pending}
                  onChange={(event) => run(chooseWayAction, { kind, way: event.target.value })}
                >
                  {WAYS.map((each) => (
                    <option key={each} value={each}>
                      {WAY_TITLES[each]}
                    </option>
                  ))}
                </Select>
              </div>
            </li>
          );
        })}
      </ul>
      <RefusalDialog failure={failure} onClose={forget} />
    </>
  );
}
