import { DAY } from "#lib/domain/time.ts";
import { addFile } from "#lib/services/evidence.ts";
import { setRetention } from "#lib/services/retention.ts";
import { cancelDeployment } from "#lib/services/rollback.ts";
import { moveClock } from "./database.ts";
import { inSession, openRecord, type Team } from "./factories.ts";

type Person = Parameters<typeof inSession>[0];

/** Sets the retention span so many days ago: one of eight days ago counts. */
export async function retainSince(admin: Person, daysAgo: number, days: number | null): Promise<void> {
  moveClock(-daysAgo * DAY);
  await setRetention(await inSession(admin), { days });
  moveClock(0);
}

/** A record with evidence and a file that was cancelled so many days ago. */
export async function endedRecord(team: Team, daysAgo: number): Promise<string> {
  moveClock(-daysAgo * DAY);
  const id = await openRecord(team);
  const bytes = new TextEncoder().encode("a report that names somebody");
  await addFile(team.engineer, { deploymentId: id, item: "cdn", name: "report.txt", bytes });
  await cancelDeployment(team.lead, { deploymentId: id, reason: "Nadia Haddad asked for it" });
  moveClock(0);
  return id;
}
