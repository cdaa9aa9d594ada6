import { z } from "zod";

export type Labels = Readonly<Record<string, string>>;

/** A label selector of Kubernetes, with the four operators that it has. */
export const labelSelector = z.object({
  matchLabels: z.record(z.string(), z.coerce.string()).default({}),
  matchExpressions: z
    .array(
      z.object({
        key: z.string(),
        operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist"]),
        values: z.array(z.coerce.string()).default([]),
      }),
    )
    .default([]),
});

export type LabelSelector = z.infer<typeof labelSelector>;

/** Whether a pod with these labels is selected. An empty selector selects every pod. */
export function selectsPod({ matchLabels, matchExpressions }: LabelSelector, labels: Labels): boolean {
  return hasLabels(matchLabels, labels) && matchExpressions.every((expression) => isTrue(expression, labels));
}

export function selectsEveryPod({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** Whether all of these labels are among a pod's. */
export function hasLabels(wanted: Labels, labels: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labelOf(labels, key) === value);
}

function isTrue(
  { key, operator, values }: LabelSelector["matchExpressions"][number],
  labels: Labels,
): boolean {
  const value = labelOf(labels, key);
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
  }
}

function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
