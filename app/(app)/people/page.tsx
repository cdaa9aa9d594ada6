import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { listPeople, type PersonView } from "#lib/queries/list-people.ts";
import { heldInWords } from "#components/people/held-in-words.ts";
import { proofChoices } from "#lib/queries/proof-choices.ts";
import { AddPersonButton } from "#components/people/add-person-button.tsx";
import { AddTeamButton } from "#components/people/add-team-button.tsx";
import { PeopleSearch } from "#components/people/people-search.tsx";
import { PeopleTable } from "#components/people/people-table.tsx";
import { TeamsTable } from "#components/people/teams-table.tsx";
import { RefreshOnChange } from "#components/live/refresh-on-change.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await actorForPage("/people");
  if (!mayEverywhere(actor, "people.manage")) notFound();
  const [{ people, teams }, choices, { q }] = await Promise.all([
    listPeople(actor),
    proofChoices(actor),
    queryOf(searchParams, ["q"]),
  ]);
  const everybody = people.length === 1 ? "1 person" : `${people.length} people`;
  const found = people.filter((person) => fits(person, q));
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="People and roles"
        description="A role is held for one team or for all. Taking one away signs the person out at once."
        actions={<AddPersonButton teams={teams} choices={choices} />}
      />
      <RefreshOnChange />
      <Panel aria-labelledby="people">
        <PanelHeader
          id="people"
          title={q === undefined ? everybody : `${found.length} of ${everybody}`}
          actions={<PeopleSearch q={q} />}
        />
        {found.length === 0 && <p className="px-4 py-3 text-ink-muted">Nobody matches “{q}”.</p>}
        <PeopleTable people={found} teams={teams} ownId={actor.id} choices={choices} />
      </Panel>
      <Panel aria-labelledby="teams">
        <PanelHeader
          id="teams"
          title={teams.length === 1 ? "1 team" : `${teams.length} teams`}
          description="Separation of duties holds unless a team relaxes it; every record opened then says so. A second factor is asked for from the moment it is set. Press a rule to change it."
          actions={<AddTeamButton />}
        />
        <TeamsTable teams={teams} choices={choices} />
      </Panel>
    </PageContainer>
  );
}

function fits({ name, email, roles }: PersonView, q = ""): boolean {
  const text = [name, email, ...roles.map(heldInWords)].join(" ").toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
