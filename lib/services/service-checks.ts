import type { Actor } from "#lib/domain/actor.ts";
import type { Instant } from "#lib/domain/deployment.ts";
import type {
  FreeRepositoryInput,
  ServiceCheckGroup,
  ServiceChecks,
  ServiceChecksInput,
} from "#lib/domain/inputs/service-checks.ts";
import { may, type Action } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { changedGroups } from "#lib/domain/service-check-groups.ts";
import { changeInstallation, type Transaction } from "#lib/db/change-installation.ts";
import { addressChangesFromJson, serviceChecksFromJson } from "#lib/db/service-checks-from-json.ts";
import { servicesNaming } from "#lib/db/services-naming.ts";
import { CHECKERS } from "#lib/evidence/registry.ts";

/**
 * Says where live checks of a service go. Team leads of its team only. A repository and environment
 * that another team's service names is refused, for GitHub hears what the records of one team say.
 */
export async function configureChecks(
  actor: Actor,
  { serviceId, checks: typed, shown }: ServiceChecksInput,
): Promise<void> {
  await changeInstallation(actor, async (tx, at) => {
    const refusal = "A team lead says where live checks go";
    const service = await findService(tx, actor, serviceId, "service.configure", refusal);
    const from = serviceChecksFromJson(service.checks);
    const checks = shown === undefined ? typed : corrected(from, shown, typed);
    if (JSON.stringify(from) === JSON.stringify(checks)) return { result: undefined, events: [] };
    if (JSON.stringify(from.github) !== JSON.stringify(checks.github)) {
      await assertNotAnothers(tx, service.teamId, checks.github);
    }
    const groups = changedGroups(from, checks);
    const change = { at, by: actor.name };
    const checksChanged = {
      ...addressChangesFromJson(service.checksChanged),
      ...Object.fromEntries(groups.map((group) => [group, change])),
    };
    await tx.service.update({ where: { id: serviceId }, data: { checks, checksChanged } });
    await forgetSeen(tx, serviceId, groups, at);
    const data = { service: service.id, name: service.name, from, to: checks };
    return { result: undefined, events: [{ type: "service.checks-changed", data }] };
  });
}

/**
 * Takes its repository and environment from a service, so that another team can name them; whoever
 * names them first would hold them for good otherwise. Admins of its team or of all teams only.
 */
export async function freeRepository(
  actor: Actor,
  { serviceId, shown, reason }: FreeRepositoryInput,
): Promise<void> {
  await changeInstallation(actor, async (tx) => {
    const refusal = "An admin takes a repository from a service";
    const service = await findService(tx, actor, serviceId, "service.free-repository", refusal);
    const { github, ...checks } = serviceChecksFromJson(service.checks);
    if (github === undefined) return { result: undefined, events: [] };
    if (shown !== undefined && JSON.stringify({ ...shown, ...github }) !== JSON.stringify(shown))
      throw new Rejection(
        "conflict",
        "The service names another repository or environment by now; look again",
      );
    await tx.service.update({ where: { id: serviceId }, data: { checks } });
    const data = { service: service.id, name: service.name, ...github, reason };
    return { result: undefined, events: [{ type: "service.repository-freed", data }] };
  });
}

// What was seen at the addresses before says nothing of those that hold now, nor do the minutes that they
// were green; but what failed there is not mended by another address, so it stands until the check passes.
async function forgetSeen(
  tx: Transaction,
  serviceId: string,
  groups: readonly ServiceCheckGroup[],
  at: Instant,
): Promise<void> {
  const moved = CHECKERS.filter((checker) => checker.kind === "live" && groups.includes(checker.group));
  const of = { deployment: { serviceId }, checker: { in: moved.map(({ key }) => key) } };
  await tx.checkRun.deleteMany({ where: { ...of, failingSince: null } });
  await tx.checkRun.updateMany({ where: of, data: { addressChangedAt: at } });
  await tx.probe.deleteMany({ where: { ...of, ok: true } });
}

// Somebody else may have changed the other groups since the page was opened.
function corrected(from: ServiceChecks, shown: ServiceChecks, typed: ServiceChecks): ServiceChecks {
  const groups: readonly string[] = changedGroups(shown, typed);
  return serviceChecksFromJson(
    Object.fromEntries([
      ...Object.entries(from).filter(([group]) => !groups.includes(group)),
      ...Object.entries(typed).filter(([group]) => groups.includes(group)),
    ]),
  );
}

async function findService(tx: Transaction, actor: Actor, id: string, action: Action, refusal: string) {
  const service = await tx.service.findUnique({ where: { id } });
  if (service === null || !may(actor, "deployment.view", service.teamId)) {
    throw new Rejection("not-found", "There is no such service");
  }
  if (!may(actor, action, service.teamId)) throw new Rejection("forbidden", refusal);
  return service;
}

// The installation's history is held meanwhile: of two teams at once, the later sees what the other named.
async function assertNotAnothers(tx: Transaction, teamId: string, github: ServiceChecks["github"]) {
  if (github === undefined) return;
  const named = await servicesNaming(tx, github);
  if (named.every((service) => service.teamId === teamId)) return;
  const message =
    "This repository and environment cannot be named here: another service already does. An admin can free it";
  throw new Rejection("invalid-input", message, { fields: { "checks.github.repository": message } });
}
