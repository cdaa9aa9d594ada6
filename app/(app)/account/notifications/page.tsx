import type { Metadata } from "next";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { maySomewhere } from "#lib/domain/policy.ts";
import { notificationWays } from "#lib/queries/notification-ways.ts";
import { WaysTable } from "#components/notifications/ways-table.tsx";
import { SettingsTabs } from "#components/account/settings-tabs.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Notification settings" };

export default async function NotificationWaysPage() {
  const actor = await actorForPage("/account/notifications");
  const { ways, sendsMail } = await notificationWays(actor);
  return (
    <PageContainer narrow className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="Notification settings"
        description="What you hear of, and how. A choice is kept at once, and holds from the next event on."
        actions={
          maySomewhere(actor, "team.notify") && (
            <ButtonLink href="/team-notifications">Team notifications</ButtonLink>
          )
        }
      />
      <SettingsTabs />
      {!sendsMail && (
        <Notice icon="info">
          This installation sends no e-mail, so E-mail and Daily cannot be chosen, and everything stays in the
          app. Whoever runs this server can name a mail server.
        </Notice>
      )}
      <Panel aria-labelledby="ways">
        <PanelHeader
          id="ways"
          title="Events"
          description="E-mail comes at once, Daily gathers a day in one e-mail; both show it in the app too."
        />
        <WaysTable ways={ways} sendsMail={sendsMail} />
      </Panel>
    </PageContainer>
  );
}
