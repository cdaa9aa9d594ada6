import type { ReactNode } from "react";
import Form from "next/form";
import { asRoute } from "#components/ui/as-route.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type CompareFormProps = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Stands beside its button. */
  readonly children?: ReactNode;
};

/** Two moments to compare, each the number of an event or a time, in UTC. */
export function CompareForm({ id, from, to, children }: CompareFormProps) {
  return (
    <Form
      action={asRoute(`/deployments/${id}/history/compare`)}
      className="flex flex-wrap items-end gap-x-3 gap-y-2 sm:justify-end"
      aria-label="Compare two moments"
    >
      <MomentInput name="from" label="From" value={from} />
      <MomentInput name="to" label="To" value={to} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit">Compare</Button>
        {children}
      </div>
    </Form>
  );
}

function MomentInput({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <Field label={`${label} event or time`} required className="max-sm:grow sm:w-64">
      {(control) => (
        <Input
          {...control}
          key={value}
          name={name}
          defaultValue={value}
          placeholder="57 or 27 Nov 2026, 22:44 UTC"
          required
        />
      )}
    </Field>
  );
}
