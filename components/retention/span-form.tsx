import Form from "next/form";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type SpanFormProps = {
  readonly days: number | null;
  /** What stands in the address, and why it is no span. */
  readonly typed: string | undefined;
  readonly error: string | undefined;
};

/** Asks for another span; nothing changes before what it removes has been shown and confirmed. */
export function SpanForm({ days, typed, error }: SpanFormProps) {
  return (
    <Form action="/retention" className="flex flex-wrap items-start gap-3">
      <Field
        label="Days after a deployment’s end"
        hint="30 to 36,500 days. You see what it removes before it holds."
        required
        error={error}
        className="max-sm:grow sm:max-w-60"
      >
        {(control) => (
          <Input
            {...control}
            key={typed}
            name="days"
            mono
            inputMode="numeric"
            defaultValue={error === undefined ? (days ?? "") : typed}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2 sm:mt-6">
        <Button type="submit">Preview…</Button>
        {days !== null && (
          <ButtonLink href="/retention?days=everything" variant="ghost">
            Keep everything…
          </ButtonLink>
        )}
      </div>
    </Form>
  );
}
