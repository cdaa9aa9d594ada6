import type { Metadata } from "next";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { maySomewhere } from "#lib/domain/policy.ts";
import { notificationWays } from "#lib/queries/notification-ways.ts";
import { WaysTable } from "#components/notifications/ways-table.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "What you hear of" };

export default async function NotificationWaysPage() {
  const actor = await actorForPage("/account/notifications");
  const { ways, sendsMail } = await notificationWays(actor);
  return (
    <PageContainer className="grid max-w-4xl grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="What you hear of"
        description="For yourself; it holds from the next news on."
        actions={
          maySomewhere(actor, "team.notify") && (
            <ButtonLink href="/team-notifications" size="sm">
              What your team hears
            </ButtonLink>
          )
        }
      />
      {!sendsMail && (
        <Notice tone="attention">
          This installation sends no e-mail, so everything stays in the app. An admin can name a mail server.
        </Notice>
      )}
      <Panel aria-labelledby="ways">
        <PanelHeader
          id="ways"
          title="Kinds of news"
          description="The daily e-mail comes once a day, if there is anything."
        />
        <WaysTable ways={ways} />
      </Panel>
    </PageContainer>
  );
}
