import { serviceChecks, type ServiceChecks } from "#lib/domain/inputs/service-checks.ts";

/** A service's addresses as they stand in a JSON column. Rejects what never passed validation. */
export function serviceChecksFromJson(json: unknown): ServiceChecks {
  return serviceChecks.parse(json);
}
