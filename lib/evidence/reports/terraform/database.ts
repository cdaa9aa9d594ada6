import type { Finding } from "#lib/domain/check-result.ts";
import { findingOn, ofType, type Resource } from "./resources.ts";

const READERS_AT_LEAST = 1;

/** Each Aurora cluster has a reader beside its writer; each RDS instance that is no replica has one. */
export function judgeDatabase(resources: readonly Resource[]): readonly Finding[] {
  return [
    ...ofType(resources, "aws_rds_cluster").map((cluster) =>
      findingOn(cluster, clusterFault(resources, cluster)),
    ),
    ...ofType(resources, "aws_db_instance")
      .filter(({ values }) => !values.replicate_source_db)
      .map((instance) => findingOn(instance, instanceFault(resources, instance))),
  ];
}

function clusterFault(resources: readonly Resource[], { values }: Resource): string | null {
  const instances = ofType(resources, "aws_rds_cluster_instance").filter(
    (instance) => instance.values.cluster_identifier === values.cluster_identifier,
  );
  return instances.length > READERS_AT_LEAST ? null : "it has no reader";
}

// A replica names its source by identifier or, across regions, by an ARN that ends with it.
function instanceFault(resources: readonly Resource[], { values: { identifier } }: Resource): string | null {
  const replicas = ofType(resources, "aws_db_instance").filter(
    ({ values: { replicate_source_db: source } }) =>
      identifier ? source === identifier || source?.endsWith(`:${identifier}`) : false,
  );
  return replicas.length >= READERS_AT_LEAST ? null : "it has no read replica";
}
