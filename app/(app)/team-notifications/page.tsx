import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { now } from "#lib/clock.ts";
import { proofChoices } from "#lib/queries/proof-choices.ts";
import { notifiedTeams, viewTeamNotifications } from "#lib/queries/team-notifications.ts";
import { PageContainer } from "#components/shell/page-container.tsx";
import { queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { AddWebhookButton } from "#components/team-notifications/add-webhook-button.tsx";
import { DeliveriesTable } from "#components/team-notifications/deliveries-table.tsx";
import { RemindersForm } from "#components/team-notifications/reminders-form.tsx";
import { WebhookRow } from "#components/team-notifications/webhook-row.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { countedTitle } from "#components/ui/plural.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelBody, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Team notifications" };

export default async function TeamNotificationsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await actorForPage("/team-notifications");
  const teams = await notifiedTeams(actor);
  const { team: chosen } = await queryOf(searchParams, ["team"]);
  const found = chosen === undefined ? teams[0] : teams.find(({ id }) => id === chosen);
  if (found === undefined) notFound();
  const [team, choices] = await Promise.all([viewTeamNotifications(actor, found.id), proofChoices(actor)]);
  return (
    <PageContainer narrow className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title={`Team notifications: ${team.name}`}
        description="Where the whole team hears of its deployments, and when somebody awaited is reminded."
      />
      {teams.length > 1 && (
        <nav aria-label="Teams" className="flex flex-wrap gap-2">
          {teams.map(({ id, name }) => (
            <ButtonLink
              key={id}
              href={`/team-notifications?team=${id}`}
              size="sm"
              variant={id === team.id ? "secondary" : "ghost"}
              aria-current={id === team.id ? "page" : undefined}
            >
              {name}
            </ButtonLink>
          ))}
        </nav>
      )}
      <Panel aria-labelledby="reminders">
        <PanelHeader
          id="reminders"
          title="Reminders"
          description="Counted from the moment at which it became a role's turn to sign; once for each turn."
        />
        <PanelBody>
          <RemindersForm key={team.id} team={team} />
        </PanelBody>
      </Panel>
      <Panel aria-labelledby="webhooks">
        <PanelHeader
          id="webhooks"
          title={countedTitle(team.webhooks.length, "webhook")}
          description="An address inside your network works only where whoever runs this server allows it."
          actions={<AddWebhookButton teamId={team.id} choices={choices} />}
        />
        {team.webhooks.length === 0 ? (
          <EmptyState icon="link" title="No webhook yet">
            Add one to hear of this team&apos;s deployments in Slack, in Teams, or in a program of yours.
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {team.webhooks.map((webhook) => (
              <WebhookRow key={webhook.id} teamId={team.id} webhook={webhook} choices={choices} />
            ))}
          </ul>
        )}
      </Panel>
      {team.deliveries.length > 0 && (
        <Panel aria-labelledby="deliveries" className="overflow-hidden">
          <PanelHeader
            id="deliveries"
            title="Last messages"
            description="What is not taken is tried ten times, with growing pauses, then waits for an admin."
          />
          <DeliveriesTable deliveries={team.deliveries} now={now()} />
        </Panel>
      )}
    </PageContainer>
  );
}
