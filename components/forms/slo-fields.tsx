import { SLO_METRICS, type SloMetric, type SloTargets } from "#lib/domain/slo.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { textOf } from "./use-action-form.ts";

const METRICS: readonly SloMetric[] = [
  "availabilityPercent",
  "errorRatePercent",
  "apiLatencyP95Ms",
  "apiLatencyP99Ms",
  "pageLoadP95Ms",
  "rtoMinutes",
  "rpoMinutes",
];

/** The SLO targets, each with its unit and kind of bound. */
export function SloFields({
  slo,
  errorOf,
}: {
  slo: SloTargets;
  errorOf: (field: string) => string | undefined;
}) {
  return (
    <fieldset>
      <legend className="mb-2 font-medium">SLO targets</legend>
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
        {METRICS.map((metric) => {
          const { title, unit, compare } = SLO_METRICS[metric];
          return (
            <Field
              key={metric}
              label={title}
              hint={`${compare}, in ${unit}`}
              required
              error={errorOf(`slo.${metric}`)}
            >
              {(control) => (
                <Input
                  {...control}
                  name={`slo.${metric}`}
                  mono
                  inputMode="decimal"
                  defaultValue={slo[metric]}
                  key={slo[metric]}
                />
              )}
            </Field>
          );
        })}
      </div>
    </fieldset>
  );
}

/** The targets as typed. What is no number stays a text, so that the server says so beside it. */
export function sloFrom(values: FormData): Record<string, number | string> {
  return Object.fromEntries(
    METRICS.map((metric) => {
      const typed = textOf(values, `slo.${metric}`).trim();
      const number = Number(typed.replace(",", "."));
      return [metric, typed === "" || Number.isNaN(number) ? typed : number];
    }),
  );
}
