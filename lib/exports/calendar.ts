import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import { STATUS_TITLES, type Status } from "#lib/domain/status.ts";
import { HOUR } from "#lib/domain/time.ts";
import type { CalendarEntry } from "#lib/queries/calendar-feed.ts";

/** Deployments as an iCalendar file (RFC 5545): an hour each, in UTC, named by ids that stay. */
export function calendarFile(entries: readonly CalendarEntry[], origin: string): string {
  const calendar = ical({
    name: "Deployments",
    description: "From Countersign",
    prodId: "//Countersign//Deployments//EN",
    method: ICalCalendarMethod.PUBLISH,
    ttl: 15 * 60,
  });
  for (const entry of entries) {
    const { id, service, version, environment, team, at, status, revision, changedAt } = entry;
    const url = `${origin}/deployments/${id}`;
    calendar.createEvent({
      id: `deployment-${id}@${new URL(origin).hostname}`,
      sequence: revision,
      start: new Date(at),
      end: new Date(Date.parse(at) + HOUR),
      stamp: new Date(changedAt),
      lastModified: new Date(changedAt),
      summary: `${service} ${version} (${environment})`,
      description: `${STATUS_TITLES[status]}. ${team}.\n${url}`,
      status: statusOf(status),
      url,
    });
  }
  return calendar.toString();
}

// What has not been signed may still be refused.
function statusOf(status: Status): ICalEventStatus {
  if (status === "cancelled") return ICalEventStatus.CANCELLED;
  return status === "awaiting-sign-off" || status === "rejected"
    ? ICalEventStatus.TENTATIVE
    : ICalEventStatus.CONFIRMED;
}
