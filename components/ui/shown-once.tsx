import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { DialogActions } from "./dialog.tsx";
import { Notice } from "./notice.tsx";

type ShownOnceProps = {
  readonly value: string;
  /** What it is, for the button that copies it. */
  readonly label: string;
  readonly onClose: () => void;
  /** Where it belongs. */
  readonly children: ReactNode;
};

/** A secret inside a dialog that nobody sees again once it is closed. */
export function ShownOnce({ value, label, onClose, children }: ShownOnceProps) {
  return (
    <div className="grid gap-4">
      <Notice tone="attention" announce title="Copy it now: it is not shown again.">
        {children}
      </Notice>
      <p className="rounded-md border border-line bg-sunken px-3 py-2 font-mono text-sm break-all">
        <CopyButton value={value} label={label} />
      </p>
      <DialogActions>
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      </DialogActions>
    </div>
  );
}
