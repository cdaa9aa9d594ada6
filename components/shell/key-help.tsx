"use client";

import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";

type Keys = readonly (readonly [readonly string[], string])[];

const EVERYWHERE: Keys = [
  [["⌘", "K"], "Search and go anywhere; Ctrl K too"],
  [
    ["g"],
    "Then b board, c calendar, m mine, i inbox, h history, n insights, v proof, s services, u notifications",
  ],
  [["/"], "To the search or the filter of the page"],
  [["?"], "This list"],
  [["Esc"], "Close what is open"],
];

const CHECKLIST: Keys = [
  [["j", "k"], "Next and previous item"],
  [["x"], "Tick or untick"],
  [["e"], "Evidence and details"],
  [["n"], "Not applicable; asks why, unless the item is conditional"],
  [["g", "w"], "The war room"],
  [["a"], "Assign it to yourself; or what is yours to somebody else"],
  [["s"], "Choose several to change together; Shift and a click choose a range"],
  [["z"], "Undo the last change"],
];

const LISTS: Keys = [
  [["j", "k"], "Next and previous row"],
  [["Enter"], "Open it"],
  [["x"], "Mark a notification as read or unread"],
];

const CALENDAR: Keys = [
  [["[", "]"], "Earlier and later"],
  [["t"], "Today"],
  [["m", "w"], "Month or week"],
];

/** The whole keyboard map. */
export default function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Keys">
      <div className="grid gap-4">
        <KeyList title="Everywhere" keys={EVERYWHERE} />
        <KeyList title="On a checklist" keys={CHECKLIST} />
        <KeyList title="On the board, mine, the inbox and the notifications" keys={LISTS} />
        <KeyList title="On the calendar" keys={CALENDAR} />
      </div>
    </Dialog>
  );
}

function KeyList({ title, keys }: { title: string; keys: Keys }) {
  return (
    <section aria-label={title}>
      <h3 className="microlabel mb-2">{title}</h3>
      <dl className="grid grid-cols-[4rem_1fr] gap-x-4 gap-y-2">
        {keys.map(([pressed, meaning]) => (
          <div key={meaning} className="contents">
            <dt className="flex items-start gap-1">
              {pressed.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
