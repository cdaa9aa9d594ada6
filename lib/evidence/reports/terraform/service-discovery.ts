import type { Finding } from "#lib/domain/check-result.ts";
import { findingOn, ofType, type Resource } from "./resources.ts";

const NAMESPACES = [
  "aws_service_discovery_private_dns_namespace",
  "aws_service_discovery_public_dns_namespace",
  "aws_service_discovery_http_namespace",
];

/** There is a Cloud Map namespace; by DNS, it has services too (Service Connect makes its own). */
export function judgeServiceDiscovery(resources: readonly Resource[]): readonly Finding[] {
  const services = ofType(resources, "aws_service_discovery_service");
  return [
    ...ofType(resources, ...NAMESPACES).map((namespace) =>
      findingOn(
        namespace,
        services.length === 0 && !namespace.type.includes("_http_") ? "it has no service" : null,
      ),
    ),
    ...services.map((service) => findingOn(service, null)),
  ];
}
