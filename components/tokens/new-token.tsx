import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** A token's secret, shown once. */
export function NewToken({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Your new token">
      <div className="grid gap-4">
        <Notice tone="attention" announce title="Copy it now: it is not shown again.">
          Keep it where your pipeline keeps its secrets. Only its hash is stored here.
        </Notice>
        <p className="rounded-md border border-line bg-sunken px-3 py-2 font-mono text-sm break-all">
          <CopyButton value={secret} label="token" />
        </p>
        <DialogActions>
          <Button variant="primary" onClick={onClose}>
            I have copied it
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
