import { Dialog } from "#components/ui/dialog.tsx";
import { ShownOnce } from "#components/ui/shown-once.tsx";

/** A token's secret, shown once. */
export function NewToken({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Your new token">
      <ShownOnce value={secret} label="token" onClose={onClose}>
        Keep it where your pipeline keeps its secrets. Only its hash is stored here.
      </ShownOnce>
    </Dialog>
  );
}
