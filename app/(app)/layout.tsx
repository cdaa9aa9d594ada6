import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { currentActor } from "#lib/auth/current-actor.ts";
import { mayEverywhere, maySomewhere } from "#lib/domain/policy.ts";
import { ROLE_TITLES } from "#lib/domain/roles.ts";
import { homeOf } from "#lib/queries/home.ts";
import { isStandIn } from "#lib/queries/is-stand-in.ts";
import { countAwaiting } from "#lib/queries/list-deployments.ts";
import { countUnread } from "#lib/queries/list-notifications.ts";
import { teamNames } from "#lib/queries/team-names.ts";
import { ConnectionBar } from "#components/live/connection-bar.tsx";
import { now } from "#lib/clock.ts";
import { LiveProvider } from "#components/live/live-provider.tsx";
import { AppHeader } from "#components/shell/app-header.tsx";
import type { NavItem } from "#components/shell/nav-item.ts";
import { parseTheme, THEME_COOKIE } from "#components/shell/theme.ts";
import { SignOutButton } from "#components/sign-in/sign-out-button.tsx";

const MORE = { more: true } as const;

/** The frame around every signed-in page. Each page asks for the session itself; this only shows it. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  if (actor === null) return children;
  const [awaiting, unread, standsIn, teams, jar] = await Promise.all([
    countAwaiting(actor),
    countUnread(actor),
    isStandIn(actor),
    teamNames(actor),
    cookies(),
  ]);
  const signs = standsIn || maySomewhere(actor, "approval.sign");
  const items: readonly NavItem[] = [
    { href: "/deployments", label: "Board", icon: "board", key: "b" },
    { href: "/calendar", label: "Calendar", icon: "calendar", key: "c" },
    ...(maySomewhere(actor, "item.settle")
      ? [{ href: "/mine", label: "My work", icon: "mine" as const, key: "m" }]
      : []),
    ...(signs ? [{ href: "/inbox", label: "Inbox", icon: "inbox" as const, key: "i", count: awaiting }] : []),
    ...(maySomewhere(actor, "history.search")
      ? [{ href: "/history", label: "History", icon: "history" as const, key: "h" }]
      : []),
    ...(maySomewhere(actor, "insights.view")
      ? [{ href: "/insights", label: "Insights", icon: "gauge" as const, key: "n" }]
      : []),
    ...(maySomewhere(actor, "history.verify")
      ? [{ href: "/proof", label: "Proof", icon: "approve" as const, key: "v" }]
      : []),
    { href: "/services", label: "Services", icon: "server", key: "s" },
    ...(maySomewhere(actor, "people.manage")
      ? [
          { href: "/people", label: "People", icon: "people" as const, key: "p" },
          { href: "/jobs", label: "Jobs", icon: "timer" as const, key: "j", ...MORE },
        ]
      : []),
    ...(mayEverywhere(actor, "security-log.read")
      ? [{ href: "/security-log", label: "Security log", icon: "shield" as const, key: "l", ...MORE }]
      : []),
    ...(maySomewhere(actor, "access-log.view")
      ? [{ href: "/access", label: "Access log", icon: "eye" as const, ...MORE }]
      : []),
    ...(mayEverywhere(actor, "retention.view")
      ? [{ href: "/retention", label: "Retention", icon: "lock" as const, ...MORE }]
      : []),
  ];
  const deeds: readonly NavItem[] = [
    ...(maySomewhere(actor, "deployment.open")
      ? [{ href: "/deployments/new", label: "New deployment", icon: "plus" as const }]
      : []),
    ...(maySomewhere(actor, "freeze.manage")
      ? [{ href: "/calendar#freezes", label: "Freeze deployments", icon: "snowflake" as const }]
      : []),
  ];
  const roles = actor.grants.map(({ role, teamId }) =>
    teamId === null ? ROLE_TITLES[role] : `${ROLE_TITLES[role]}, ${teams.get(teamId) ?? "a team"}`,
  );
  return (
    <LiveProvider person={{ id: actor.id, name: actor.name }} now={now()}>
      <AppHeader
        items={items}
        deeds={deeds}
        homeHref={homeOf(actor)}
        account={{ name: actor.name, roles }}
        unread={unread}
        theme={parseTheme(jar.get(THEME_COOKIE)?.value)}
        signOut={<SignOutButton />}
      />
      <ConnectionBar />
      {children}
    </LiveProvider>
  );
}
