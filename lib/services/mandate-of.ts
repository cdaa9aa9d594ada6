import type { Actor } from "#lib/domain/actor.ts";
import type { Mandate } from "#lib/domain/mandate.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { now } from "#lib/clock.ts";
import { loadMandates } from "#lib/db/mandates.ts";

/** The mandate that a delegation gives this stand-in now. Rejects with `delegation-ended` where none stands. */
export async function mandateOf(actor: Actor, delegation: string): Promise<Mandate> {
  const mandates = await loadMandates(actor.id, now());
  const mandate = mandates.find((candidate) => candidate.delegation === delegation);
  if (mandate === undefined) throw new Rejection("delegation-ended", "This delegation no longer stands");
  return mandate;
}
