import type { Finding } from "#lib/domain/check-result.ts";
import { findingOn, ofType, type Resource } from "./resources.ts";

/** Each ECS service that may scale has a policy by which it does. */
export function judgeAutoScaling(resources: readonly Resource[]): readonly Finding[] {
  const policies = ofType(resources, "aws_appautoscaling_policy", "aws_appautoscaling_scheduled_action");
  const scaled = new Set(policies.map(({ values }) => values.resource_id));
  return ofType(resources, "aws_appautoscaling_target")
    .filter(({ values }) => values.service_namespace === "ecs")
    .map((target) => findingOn(target, scaled.has(target.values.resource_id) ? null : "it has no policy"));
}
