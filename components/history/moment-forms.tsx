import Form from "next/form";
import { asRoute } from "#components/ui/as-route.ts";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";

/** Two moments to compare, each the number of an event or a time in UTC. */
export function CompareForm({ id, from, to }: { id: string; from: string; to: string }) {
  return (
    <Form
      action={asRoute(`/deployments/${id}/history/compare`)}
      className="flex flex-wrap items-center gap-2"
      aria-label="Compare two moments"
    >
      <MomentInput name="from" label="From event or time (UTC)" value={from} />
      <span aria-hidden="true">→</span>
      <MomentInput name="to" label="To event or time (UTC)" value={to} />
      <Button type="submit">Compare</Button>
    </Form>
  );
}

function MomentInput({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <div className="w-44">
      <Input
        key={value}
        name={name}
        defaultValue={value}
        aria-label={label}
        title={label}
        placeholder="57 or 2026-11-24T10:41"
        mono
        required
      />
    </div>
  );
}
