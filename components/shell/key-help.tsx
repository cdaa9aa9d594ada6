"use client";

import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import type { NavItem } from "./nav-item.ts";

type Keys = readonly (readonly [readonly string[], string])[];

const CHECKLIST: Keys = [
  [["j", "k"], "Next or previous item"],
  [["x"], "Tick or untick"],
  [["e"], "Evidence and details"],
  [["n"], "Not applicable"],
  [["a"], "Assign to me; if it is mine, to somebody else"],
  [["s"], "Select, to change several together"],
  [["z"], "Undo my last change"],
  [["g", "w"], "Go to the war room"],
];

const LISTS: Keys = [
  [["j", "k"], "Next or previous row"],
  [["Enter"], "Open it"],
  [["x"], "Mark a notification as read or unread"],
];

const CALENDAR: Keys = [
  [["[", "]"], "Earlier or later"],
  [["t"], "Today"],
  [["m", "w"], "Month or week view"],
];

type KeyHelpProps = {
  readonly places: readonly NavItem[];
  readonly commandKey: string;
  readonly onClose: () => void;
};

/** The whole keyboard map; where a key leads is read off the places themselves. */
export default function KeyHelp({ places, commandKey, onClose }: KeyHelpProps) {
  const everywhere: Keys = [
    [[commandKey, "K"], "Search, go anywhere"],
    [["/"], "To the page’s search or filter"],
    [["?"], "This list"],
    [["Esc"], "Close what is open"],
  ];
  const goTo: Keys = places.flatMap(({ key, label }) =>
    key === undefined ? [] : [[["g", key], label] as const],
  );
  return (
    <Dialog open wide onOpenChange={onClose} title="Keyboard shortcuts">
      {/* Focused, it scrolls with the arrow keys where it is longer than the screen. */}
      <div role="group" aria-label="Keys" tabIndex={0} className="gap-x-8 outline-none sm:columns-2">
        <KeyList title="Everywhere" keys={everywhere} />
        <KeyList title="Go to" keys={goTo} />
        <KeyList title="On a checklist" keys={CHECKLIST} />
        <KeyList title="On lists" keys={LISTS} />
        <KeyList title="On the calendar" keys={CALENDAR} />
      </div>
    </Dialog>
  );
}

function KeyList({ title, keys }: { title: string; keys: Keys }) {
  return (
    <section aria-label={title} className="mb-5 break-inside-avoid">
      <h3 className="microlabel mb-2">{title}</h3>
      <dl className="grid grid-cols-[4rem_1fr] gap-x-3 gap-y-1.5">
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
