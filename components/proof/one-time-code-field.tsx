import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** The six digits of an authenticator app, under the name `code`. */
export function OneTimeCodeField({ hint, error }: { hint?: string; error: string | undefined }) {
  return (
    <Field label="One-time code" hint={hint} required error={error}>
      {(control) => (
        <Input
          {...control}
          name="code"
          mono
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
        />
      )}
    </Field>
  );
}
