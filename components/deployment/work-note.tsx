import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Undo } from "./use-undo.ts";
import type { Work } from "./use-work.ts";

type WorkNoteProps = { readonly work: Work; readonly last: Undo | null; readonly onUndo: () => void };

// In sight, wherever in the list the items stand.
const LOOK = "sticky top-2 z-20 mb-2 shadow-popup";

/** Why an assignment was refused, and the way back from one of several items; one item says it in its line. */
export function WorkNote({ work, last, onUndo }: WorkNoteProps) {
  if (work.refusal !== null) return <Notice tone="blocked" announce title={work.refusal} className={LOOK} />;
  if (last === null || last.items.length < 2) return null;
  return (
    <Notice
      announce
      className={LOOK}
      actions={
        <Button size="sm" onClick={onUndo}>
          Undo
        </Button>
      }
    >
      {last.words}.
    </Notice>
  );
}
