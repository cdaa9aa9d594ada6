import {
  addressChanges,
  serviceChecks,
  type AddressChanges,
  type ServiceChecks,
} from "#lib/domain/inputs/service-checks.ts";

/** A service's addresses as they stand in a JSON column. Rejects what never passed validation. */
export function serviceChecksFromJson(json: unknown): ServiceChecks {
  return serviceChecks.parse(json);
}

/** When each group's addresses were changed last, as it stands in a JSON column. */
export function addressChangesFromJson(json: unknown): AddressChanges {
  return addressChanges.parse(json);
}
