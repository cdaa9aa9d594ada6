import type { Finding } from "#lib/domain/check-result.ts";
import { findingOn, ofType, type Resource } from "./resources.ts";

/** There is a load balancer, and each group of targets is health-checked. */
export function judgeLoadBalancer(resources: readonly Resource[]): readonly Finding[] {
  const balancers = ofType(resources, "aws_lb", "aws_alb");
  const groups = ofType(resources, "aws_lb_target_group", "aws_alb_target_group");
  return [
    ...balancers.map((balancer) =>
      findingOn(balancer, groups.length === 0 ? "it has no target group" : null),
    ),
    ...groups.map((group) =>
      findingOn(group, balancers.length === 0 ? "there is no load balancer" : healthFault(group)),
    ),
  ];
}

function healthFault({ values: { health_check } }: Resource): string | null {
  return health_check?.some(({ enabled }) => enabled !== false) ? null : "no health check";
}
