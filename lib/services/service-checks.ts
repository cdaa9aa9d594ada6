import type { Actor } from "#lib/domain/actor.ts";
import type { ServiceChecks, ServiceChecksInput } from "#lib/domain/inputs/service-checks.ts";
import { may } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changeInstallation, type Transaction } from "#lib/db/change-installation.ts";
import { serviceChecksFromJson } from "#lib/db/service-checks-from-json.ts";
import { servicesNaming } from "#lib/db/services-naming.ts";

/**
 * Says where live checks of a service go. Team leads of its team only. A repository and environment
 * that another team's service names is refused, for GitHub hears what the records of one team say.
 */
export async function configureChecks(
  actor: Actor,
  { serviceId, checks }: ServiceChecksInput,
): Promise<void> {
  await changeInstallation(actor, async (tx) => {
    const service = await tx.service.findUnique({ where: { id: serviceId } });
    if (service === null || !may(actor, "deployment.view", service.teamId)) {
      throw new Rejection("not-found", "There is no such service");
    }
    if (!may(actor, "service.configure", service.teamId)) {
      throw new Rejection("forbidden", "A team lead says where live checks go");
    }
    const from = serviceChecksFromJson(service.checks);
    if (JSON.stringify(from) === JSON.stringify(checks)) return { result: undefined, events: [] };
    if (JSON.stringify(from.github) !== JSON.stringify(checks.github)) {
      await assertNotAnothers(tx, service.teamId, checks.github);
    }
    await tx.service.update({ where: { id: serviceId }, data: { checks } });
    // What was seen at the addresses before says nothing of those that hold now.
    await tx.checkRun.deleteMany({ where: { deployment: { serviceId } } });
    const data = { service: service.id, name: service.name, from, to: checks };
    return { result: undefined, events: [{ type: "service.checks-changed", data }] };
  });
}

// The installation's history is held meanwhile: of two teams at once, the later sees what the other named.
async function assertNotAnothers(tx: Transaction, teamId: string, github: ServiceChecks["github"]) {
  if (github === undefined) return;
  const named = await servicesNaming(tx, github);
  if (named.every((service) => service.teamId === teamId)) return;
  const message = "This repository and environment cannot be named here: another service already does";
  throw new Rejection("invalid-input", message, { fields: { "checks.github.repository": message } });
}
