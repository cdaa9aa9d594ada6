import type { Metadata } from "next";
import Link from "next/link";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { now } from "#lib/clock.ts";
import { cursorInAddress } from "#lib/queries/cursor.ts";
import { countUnread, listNotifications } from "#lib/queries/list-notifications.ts";
import { RefreshOnChange } from "#components/live/refresh-on-change.tsx";
import { MarkAllButton } from "#components/notifications/mark-all-button.tsx";
import { NotificationList } from "#components/notifications/notification-list.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { segmentLook, segmentsLook } from "#components/ui/segment-look.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Notifications" };

const PAGE = 50;

export default async function NotificationsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await actorForPage("/notifications");
  const { show, cursor } = await queryOf(searchParams, ["show", "cursor"]);
  const onlyUnread = show === "unread";
  const [page, unread] = await Promise.all([
    listNotifications(actor, { unread: onlyUnread, cursor: cursorInAddress(cursor, "record"), limit: PAGE }),
    countUnread(actor),
  ]);
  const filter = onlyUnread ? { show: "unread" } : undefined;
  const next = new URLSearchParams({ ...filter, cursor: page.nextCursor ?? "" });
  return (
    <PageContainer className="grid max-w-4xl grid-cols-[minmax(0,1fr)] content-start gap-4">
      <RefreshOnChange of="notifications" />
      <PageHeader
        title="Notifications"
        description="What concerns you, newest first. Kept for 180 days."
        actions={
          <ButtonLink href="/account/notifications">
            <Icon name="settings" />
            Settings
          </ButtonLink>
        }
      />
      <Panel aria-labelledby="notifications">
        <PanelHeader
          id="notifications"
          title={unread === 0 ? "Nothing unread" : `${unread} unread`}
          actions={
            <>
              <nav aria-label="Which notifications" className={segmentsLook}>
                <Link
                  href="/notifications"
                  className={segmentLook}
                  aria-current={onlyUnread ? undefined : "true"}
                >
                  All
                </Link>
                <Link
                  href="/notifications?show=unread"
                  className={segmentLook}
                  aria-current={onlyUnread ? "true" : undefined}
                >
                  Unread
                </Link>
              </nav>
              {unread > 0 && <MarkAllButton />}
            </>
          }
        />
        {page.notifications.length === 0 ? (
          <EmptyState icon="bell" title={onlyUnread ? "All read" : "Nothing yet"}>
            You hear here of your turn to sign, of what becomes of your deployments, and of what was assigned
            to you.
          </EmptyState>
        ) : (
          <NotificationList notifications={page.notifications} now={now()} />
        )}
      </Panel>
      <Pagination
        label="Pages of notifications"
        previousHref={cursor && `/notifications?${new URLSearchParams(filter)}`}
        nextHref={page.nextCursor === null ? undefined : `/notifications?${next}`}
      />
    </PageContainer>
  );
}
