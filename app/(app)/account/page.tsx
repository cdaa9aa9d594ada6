import type { Metadata } from "next";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { now } from "#lib/clock.ts";
import { listOwnSecurityLog } from "#lib/queries/list-security-log.ts";
import { viewAccount } from "#lib/queries/view-account.ts";
import { CalendarPanel } from "#components/account/calendar-panel.tsx";
import { PasskeysPanel } from "#components/account/passkeys-panel.tsx";
import { PasswordPanel } from "#components/account/password-panel.tsx";
import { RecoveryCodesPanel } from "#components/account/recovery-codes-panel.tsx";
import { SessionsPanel } from "#components/account/sessions-panel.tsx";
import { TotpPanel } from "#components/account/totp-panel.tsx";
import { SecurityLines } from "#components/security-log/security-lines.tsx";
import { SettingsTabs } from "#components/account/settings-tabs.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const actor = await actorForPage("/account");
  const [account, entries] = await Promise.all([viewAccount(actor), listOwnSecurityLog(actor)]);
  const at = now();
  return (
    <PageContainer narrow className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader title="Your account" description={`${actor.name}, ${account.email}`} />
      <SettingsTabs />
      <PasskeysPanel account={account} now={at} />
      <TotpPanel account={account} now={at} />
      <RecoveryCodesPanel choices={account.choices} />
      <PasswordPanel choices={account.choices} />
      <CalendarPanel account={account} now={at} />
      <SessionsPanel sessions={account.sessions} now={at} />
      <Panel aria-labelledby="log" className="overflow-hidden">
        <PanelHeader
          id="log"
          title="What happened last"
          description="Tell an admin if one of these was not you."
        />
        <SecurityLines entries={entries} />
      </Panel>
    </PageContainer>
  );
}
