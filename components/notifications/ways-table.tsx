"use client";

import { chooseWayAction } from "#lib/actions/notifications.ts";
import {
  needsMail,
  NOTIFICATION_KINDS,
  WAY_TITLES,
  WAYS,
  type NotificationKind,
  type Way,
} from "#lib/domain/notifications.ts";
import { RefusalDialog } from "#components/forms/refusal-dialog.tsx";
import { usePageChange } from "#components/forms/use-page-change.ts";
import { cn } from "#components/ui/class-names.ts";
import { radioLook } from "#components/ui/radio-look.ts";

type WaysTableProps = {
  readonly ways: readonly { readonly kind: NotificationKind; readonly way: Way }[];
  /** Without mail its columns cannot be chosen, and stand for the app alone. */
  readonly sendsMail: boolean;
};

const COLUMNS = "grid grid-cols-4 gap-y-1.5 px-4 sm:grid-cols-[minmax(0,1fr)_repeat(4,4.5rem)]";

/** How one hears of each kind of event; a choice holds from the next one on. */
export function WaysTable({ ways, sendsMail }: WaysTableProps) {
  const { run, pending, failure, forget } = usePageChange();
  return (
    <>
      <div aria-hidden="true" className={`${COLUMNS} items-center border-b border-line py-1.5 max-sm:hidden`}>
        <span className="microlabel">Event</span>
        {WAYS.map((way) => (
          <span key={way} className="microlabel text-center">
            {WAY_TITLES[way]}
          </span>
        ))}
      </div>
      <ul className="divide-y divide-line">
        {ways.map(({ kind, way }) => (
          <li key={kind}>
            <fieldset className={`${COLUMNS} items-center py-2.5`} aria-labelledby={`kind-${kind}`}>
              <div className="col-span-4 min-w-0 sm:col-span-1">
                <p id={`kind-${kind}`} className="font-medium">
                  {NOTIFICATION_KINDS[kind].title}
                </p>
                <p className="text-sm text-pretty text-ink-muted">{NOTIFICATION_KINDS[kind].about}</p>
              </div>
              {WAYS.map((each) => (
                <label
                  key={each}
                  className="flex min-h-8 items-center gap-1.5 sm:justify-center pointer-coarse:min-h-11"
                >
                  <input
                    type="radio"
                    name={`way-${kind}`}
                    className={radioLook}
                    checked={each === heard(way, sendsMail)}
                    disabled={needsMail(each) && !sendsMail}
                    aria-disabled={pending}
                    onChange={() => !pending && void run(chooseWayAction, { kind, way: each })}
                  />
                  <span
                    className={cn("text-sm sm:sr-only", needsMail(each) && !sendsMail && "text-ink-faint")}
                  >
                    {WAY_TITLES[each]}
                  </span>
                </label>
              ))}
            </fieldset>
          </li>
        ))}
      </ul>
      <RefusalDialog failure={failure} onClose={forget} />
    </>
  );
}

function heard(way: Way, sendsMail: boolean): Way {
  return needsMail(way) && !sendsMail ? "app" : way;
}
