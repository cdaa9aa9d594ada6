import { TabLinks } from "#components/ui/tab-links.tsx";

const TABS = [
  { href: "/account", label: "Account" },
  { href: "/account/notifications", label: "Notifications" },
  { href: "/account/delegations", label: "Delegations" },
  { href: "/tokens", label: "API tokens" },
];

/** The ways between one's own settings. */
export function SettingsTabs() {
  return <TabLinks label="Your settings" tabs={TABS} />;
}
