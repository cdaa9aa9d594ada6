import type { Finding } from "#lib/domain/check-result.ts";
import { findingOn, ofType, type Resource } from "./resources.ts";

/** Each CloudWatch alarm tells somebody. */
export function judgeAlarms(resources: readonly Resource[]): readonly Finding[] {
  return ofType(resources, "aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm").map((alarm) =>
    findingOn(alarm, faultOf(alarm)),
  );
}

function faultOf({ values: { alarm_actions, actions_enabled } }: Resource): string | null {
  if (actions_enabled === false) return "its actions are switched off";
  return (alarm_actions ?? []).length === 0 ? "it tells nobody" : null;
}
