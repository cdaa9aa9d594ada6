import type { Requirement } from "#lib/domain/template.ts";
import { textOf } from "#components/forms/use-action-form.ts";

/** What was typed as evidence of the kind that the requirement asks for; the server judges it. */
export function evidenceFrom(values: FormData, requirement: Requirement | null): unknown {
  switch (requirement?.kind) {
    case "measurement":
      return { kind: "measurement", values: numbersFrom(values, [requirement.metric]) };
    case "slo":
      return { kind: "measurement", values: numbersFrom(values, requirement.metrics) };
    case "rotation":
      return {
        kind: "rotation",
        rotatedOn: Object.fromEntries(
          requirement.classes.map(({ key }) => [key, textOf(values, `rotated.${key}`)]),
        ),
      };
    case "fresh-time":
      return { kind: "time", at: textOf(values, "at") };
    default:
      return linkOrNote(textOf(values, "text").trim());
  }
}

function numbersFrom(values: FormData, metrics: readonly string[]): Record<string, number | string> {
  return Object.fromEntries(
    metrics.map((metric) => {
      const typed = textOf(values, `value.${metric}`).trim();
      const number = Number(typed.replace(",", "."));
      return [metric, typed === "" || Number.isNaN(number) ? typed : number];
    }),
  );
}

function linkOrNote(text: string): unknown {
  return /^https?:\/\/\S+$/i.test(text) ? { kind: "link", url: text, title: null } : { kind: "note", text };
}
