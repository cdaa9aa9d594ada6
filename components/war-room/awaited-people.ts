import { ROLE_TITLES } from "#lib/domain/roles.ts";
import type { DeploymentView, PhaseView } from "#lib/queries/deployment-view.ts";
import type { RoleHolders } from "#lib/queries/role-holders.ts";

/** Who is waited for, and for what; the names may be none where nobody holds the role. */
export type Awaited = { readonly what: string; readonly names: readonly string[] };

/** Whose turn it is on a record, by name as far as the record and the roles tell. */
export function awaitedPeople(view: DeploymentView, holders: RoleHolders): readonly Awaited[] {
  const { breakGlass, nextStep } = view;
  const glass =
    breakGlass.pending?.confirmed === null
      ? [
          {
            what: `To confirm break glass before ${breakGlass.pending.title}`,
            names: confirmers(view, holders),
          },
        ]
      : [];
  switch (nextStep.kind) {
    case "sign":
      return [...glass, ...signers(view, holders)];
    case "answer-rejection":
      return [...glass, { what: "To answer the rejection", names: namesOf(holders["team-lead"]) }];
    case "start-phase":
      return [...glass, { what: `To start ${nextStep.title}`, names: namesOf(holders.engineer) }];
    case "complete-phase":
      return [...glass, ...owners(view, holders, nextStep.phase)];
    case "none":
      return glass;
  }
}

function signers(view: DeploymentView, holders: RoleHolders): readonly Awaited[] {
  const { steps } = view.signOff;
  const signed = new Set(
    steps.flatMap(({ approvals }) =>
      approvals.flatMap(({ signed: { by }, standsInFor }) => [by.id, standsInFor?.id]),
    ),
  );
  return steps
    .filter(({ state }) => state === "next")
    .map(({ role, title, quorum, approved }) => ({
      what: quorum === 1 ? `To sign as ${title}` : `To sign as ${title}, ${approved} of ${quorum}`,
      names: namesOf(holders[role]?.filter(({ id }) => !signed.has(id) && !isBound(view, id))),
    }));
}

function confirmers(view: DeploymentView, holders: RoleHolders): readonly string[] {
  const asker = view.breakGlass.pending?.requested.by.id;
  const approvers = (["engineering-lead", "devops-sre", "security", "product"] as const).flatMap(
    (role) => holders[role] ?? [],
  );
  return [...new Set(namesOf(approvers.filter(({ id }) => id !== asker && !isBound(view, id))))];
}

// Where a team relaxed separation of duties the record says so, and nobody is left out.
function isBound({ opened, details, relaxations }: DeploymentView, id: string): boolean {
  return relaxations.length === 0 && (opened.by.id === id || details.deployedBy.id === id);
}

function owners(view: DeploymentView, holders: RoleHolders, phaseKey: string): readonly Awaited[] {
  const phase = [...view.phases, view.rollbackPhase].find(({ key }) => key === phaseKey);
  const open = phase === undefined ? [] : openItems(phase);
  if (open.length === 0)
    return [{ what: `To complete ${phase?.title ?? "the phase"}`, names: namesOf(holders.engineer) }];
  const byOwner = Map.groupBy(open, ({ owner }) => owner?.name ?? null);
  return [...byOwner].map(([name, items]) => ({
    what:
      items.length === 1 ? `“${items[0]?.title ?? ""}”` : `${items.length} items of ${phase?.title ?? ""}`,
    names: name === null ? [`${ROLE_TITLES.engineer}s: ${namesOf(holders.engineer).join(", ")}`] : [name],
  }));
}

function openItems({ sections }: PhaseView) {
  return sections.flatMap(({ items }) => items.filter(({ status }) => status === "open"));
}

function namesOf(people: readonly { readonly name: string }[] = []): readonly string[] {
  return people.map(({ name }) => name);
}
