import Form from "next/form";
import { asRoute } from "#components/ui/as-route.ts";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";

/** Two moments to compare, each the number of an event or a time in UTC. */
export function CompareForm({ id, from, to }: { id: string; from: string; to: string }) {
  return (
    <Form
      action={asRoute(`/deployments/${id}/history/compare`)}
      className="flex flex-wrap items-end gap-2"
      aria-label="Compare two moments"
    >
      <MomentInput name="from" label="From" value={from} />
      <span aria-hidden="true" className="pb-1.5 max-sm:hidden">
        →
      </span>
      <MomentInput name="to" label="To" value={to} />
      <Button type="submit">Compare</Button>
    </Form>
  );
}

function MomentInput({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <label className="grid w-44 gap-1 text-sm text-ink-muted">
      {label}: event or time (UTC)
      <Input
        key={value}
        name={name}
        defaultValue={value}
        placeholder="57 or 2026-11-24T10:41"
        mono
        required
      />
    </label>
  );
}
