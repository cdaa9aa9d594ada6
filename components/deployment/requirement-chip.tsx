"use client";

import type { Requirement } from "#lib/domain/template.ts";
import type { ItemView } from "#lib/queries/deployment-view.ts";
import { LiveWait } from "./live-wait.tsx";
import { Badge } from "#components/ui/badge.tsx";

/** How an item stands by its machines and its requirement, in a word; the sentence is one press away. */
export function RequirementChip({ item }: { item: ItemView }) {
  const { judgement, requirement } = item;
  if (judgement === null && requirement === null) return null;
  if (item.status === "not-applicable") return <Badge>not applicable</Badge>;
  switch (judgement?.verdict) {
    case "met":
      return (
        <Badge tone={judgement.due ? "attention" : "done"}>
          {judgement.due ? "rotation due" : wordForMet(item)}
        </Badge>
      );
    case "unknown":
      return (
        <Badge tone="attention" icon="alert">
          cannot tell
        </Badge>
      );
    case "failed":
      return <Badge tone="blocked">fails</Badge>;
    case "stale":
      return (
        <Badge tone="blocked" icon="clock">
          stale
        </Badge>
      );
    case "waiting":
      return <LiveWait until={judgement.metAt} />;
    default:
      if (requirement?.kind === "wait")
        return (
          <Badge icon="timer">
            {requirement.minutes} min after {requirement.since === "t-0" ? "T-0" : "the items above"}
          </Badge>
        );
      return (
        <Badge tone="attention" icon="circle-dashed">
          {requirement === null ? "needs a report" : NEEDS[requirement.kind]}
        </Badge>
      );
  }
}

function wordForMet({ evidence }: ItemView): string {
  const newest = evidence.find(({ content, counts }) => counts && content.kind === "check");
  if (newest === undefined) return "proven";
  return newest.overruled === null ? "checked" : "overruled";
}

const NEEDS: Readonly<Record<Exclude<Requirement["kind"], "wait">, string>> = {
  measurement: "needs a value",
  slo: "needs values",
  rotation: "needs dates",
  "fresh-time": "needs a time",
  proof: "needs proof",
};
