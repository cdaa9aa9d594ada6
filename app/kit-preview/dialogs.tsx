"use client";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
interface P { open: boolean; onOpenChange: (o: boolean) => void }
export function DemoDialog(p: P) {
  return (
    <Dialog {...p} title="Roll back payments-api v2.14.0" description="The open phase freezes, the rollback list opens, and the clock runs against the RTO of 1 hour. This cannot be taken back.">
      <Field label="Reason" required hint="Stands in the record for good.">{(c) => <Textarea {...c} />}</Field>
      <DialogActions>
        <Button onClick={() => p.onOpenChange(false)}>Keep going</Button>
        <Button variant="danger">Roll back</Button>
      </DialogActions>
    </Dialog>
  );
}
export function DemoSheet(p: P) {
  return (
    <Sheet {...p} title="Database backup completed < 1 hour ago" description="Final checks · critical" footer={<Button variant="primary">Add evidence</Button>}>
      <Badge tone="blocked">stale: 1 h 12 m old</Badge>
      <div className="mt-4 grid gap-4"><Field label="Backup finished at" required>{(c) => <Input {...c} mono defaultValue="08:02" />}</Field></div>
    </Sheet>
  );
}
