import { Dialog } from "#components/ui/dialog.tsx";
import { ShownOnce } from "#components/ui/shown-once.tsx";

/** The key of a signed webhook, shown once. */
export function WebhookSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="The webhook's key">
      <ShownOnce value={secret} label="key" onClose={onClose}>
        Whoever receives the messages checks their signatures with it.
      </ShownOnce>
    </Dialog>
  );
}
