import type { CheckView } from "#lib/queries/deployment-view.ts";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";

/** What a file is: a plain file, or a report for one of the item's checkers. */
export type ReportKind = { readonly checker: string | null; readonly label: string | null };

type ReportChoiceProps = {
  readonly reports: readonly CheckView[];
  readonly kind: ReportKind;
  readonly onChange: (kind: ReportKind) => void;
};

export function ReportChoice({ reports, kind, onChange }: ReportChoiceProps) {
  const labels = reports.find(({ checker }) => checker === kind.checker)?.labels ?? [];
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="The file is" required className={labels.length === 0 ? "col-span-2" : undefined}>
        {(control) => (
          <Select
            {...control}
            value={kind.checker ?? ""}
            onChange={(event) => onChange({ checker: event.target.value || null, label: null })}
          >
            {reports.map(({ checker, title }) => (
              <option key={checker} value={checker}>
                a report: {title}
              </option>
            ))}
            <option value="">a plain file</option>
          </Select>
        )}
      </Field>
      {labels.length > 0 && (
        <Field label="Of" required>
          {(control) => (
            <Select
              {...control}
              value={kind.label ?? ""}
              onChange={(event) => onChange({ ...kind, label: event.target.value || null })}
            >
              <option value="">choose…</option>
              {labels.map((label) => (
                <option key={label} value={label}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </div>
  );
}
