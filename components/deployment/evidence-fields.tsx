"use client";

import { SLO_METRICS } from "#lib/domain/slo.ts";
import type { Requirement } from "#lib/domain/template.ts";
import { DateInput } from "#components/ui/date-input.tsx";
import { DateTimeInput } from "#components/ui/date-time-input.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Textarea } from "#components/ui/textarea.tsx";

type EvidenceFieldsProps = {
  readonly requirement: Requirement | null;
  readonly errorOf: (field: string) => string | undefined;
};

/** The fields that a requirement asks for; a link or a note where it asks for none of its own. */
export function EvidenceFields({ requirement, errorOf }: EvidenceFieldsProps) {
  switch (requirement?.kind) {
    case "measurement":
      return (
        <NumberField
          name={requirement.metric}
          label={`${requirement.title} (${requirement.unit})`}
          hint={`At least ${requirement.atLeast}`}
          errorOf={errorOf}
        />
      );
    case "slo":
      return requirement.metrics.map((metric) => (
        <NumberField
          key={metric}
          name={metric}
          label={`${SLO_METRICS[metric].title} (${SLO_METRICS[metric].unit})`}
          errorOf={errorOf}
        />
      ));
    case "rotation":
      return requirement.classes.map(({ key, title, maxAgeDays }) => (
        <Field
          key={key}
          label={`${title}: last rotated`}
          hint={`Within ${maxAgeDays} days`}
          required
          error={errorOf(`content.rotatedOn.${key}`)}
        >
          {(control) => <DateInput {...control} name={`rotated.${key}`} />}
        </Field>
      ));
    case "fresh-time":
      return (
        <Field
          label={`${requirement.title}: finished at`}
          hint={`No older than ${requirement.maxAgeMinutes} minutes.`}
          required
          error={errorOf("content.at")}
        >
          {(control) => <DateTimeInput {...control} name="at" />}
        </Field>
      );
    default:
      return (
        <Field
          label="Link or note"
          hint="An address becomes a link; anything else is kept as a note."
          required
          error={errorOf("content.url") ?? errorOf("content.text")}
        >
          {(control) => <Textarea {...control} name="text" rows={2} maxLength={10_000} />}
        </Field>
      );
  }
}

function NumberField({
  name,
  label,
  hint,
  errorOf,
}: {
  name: string;
  label: string;
  hint?: string;
  errorOf: (field: string) => string | undefined;
}) {
  return (
    <Field label={label} hint={hint} required error={errorOf(`content.values.${name}`)}>
      {(control) => <Input {...control} name={`value.${name}`} mono inputMode="decimal" autoComplete="off" />}
    </Field>
  );
}
