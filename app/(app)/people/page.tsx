import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { listPeople } from "#lib/queries/list-people.ts";
import { proofChoices } from "#lib/queries/proof-choices.ts";
import { AddPersonButton } from "#components/people/add-person-button.tsx";
import { AddTeamButton } from "#components/people/add-team-button.tsx";
import { PeopleTable } from "#components/people/people-table.tsx";
import { TeamsTable } from "#components/people/teams-table.tsx";
import { RefreshOnChange } from "#components/live/refresh-on-change.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const actor = await actorForPage("/people");
  if (!mayEverywhere(actor, "people.manage")) notFound();
  const [{ people, teams }, choices] = await Promise.all([listPeople(actor), proofChoices(actor)]);
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="People and roles"
        description="A role is held for one team or for all. Taking one away ends the person's sessions at once."
      />
      <RefreshOnChange />
      <Panel aria-labelledby="people">
        <PanelHeader
          id="people"
          title={`${people.length} people`}
          actions={<AddPersonButton choices={choices} />}
        />
        <PeopleTable people={people} teams={teams} ownId={actor.id} choices={choices} />
      </Panel>
      <Panel aria-labelledby="teams">
        <PanelHeader
          id="teams"
          title={teams.length === 1 ? "1 team" : `${teams.length} teams`}
          description="Separation of duties holds unless a team relaxes it; every record opened then says so. A second factor is asked for from the moment it is set."
          actions={<AddTeamButton />}
        />
        <TeamsTable teams={teams} choices={choices} />
      </Panel>
    </PageContainer>
  );
}
