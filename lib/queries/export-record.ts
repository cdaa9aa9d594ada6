import type { Actor } from "#lib/domain/actor.ts";
import type { Deployment, Instant } from "#lib/domain/deployment.ts";
import { may } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { now } from "#lib/clock.ts";
import { noteAccess } from "#lib/db/access-log.ts";
import { loadDeployment } from "#lib/db/load-deployment.ts";
import { pool } from "#lib/db/pool.ts";
import { fetchEventRows } from "./event-rows.ts";
import { viewEvent, type EventView } from "./event-view.ts";

/** Events that a document tells one by one; beyond them it names the number and the export to take. */
const EVENTS_TOLD = 1_500;

/** One record as it is taken out of the app. */
export type RecordToExport = {
  readonly deployment: Deployment;
  readonly headHash: string;
  readonly teamName: string;
  /** Oldest first; the first so many of a very long history. */
  readonly events: readonly EventView[];
  readonly exportedAt: Instant;
  readonly exportedBy: string;
};

/**
 * One record as of one moment, noted as an export in the access log. Rejects with `not-found`
 * when the caller may not see it, with `content-removed` when nothing is left to take out.
 */
export async function exportRecord(actor: Actor, id: string, format: string): Promise<RecordToExport> {
  const loaded = await loadDeployment(id);
  if (loaded === null || !may(actor, "deployment.view", loaded.deployment.teamId)) {
    throw new Rejection("not-found", "There is no such deployment");
  }
  if (loaded.stoneSeq !== null)
    throw new Rejection(
      "content-removed",
      "The content of this record has been removed; its history says when",
    );
  const { deployment, headHash } = loaded;
  const { teamId, revision } = deployment;
  await noteAccess(actor, { act: "exported", subject: `record as ${format}`, record: { id, teamId } });
  const [events, teams] = await Promise.all([
    fetchEventRows(
      { stream: id, teams: null, installation: false },
      {},
      { after: null, limit: Math.min(revision, EVENTS_TOLD), order: "ASC" },
    ),
    pool().query<{ name: string }>("SELECT name FROM teams WHERE id = $1::uuid", [teamId]),
  ]);
  return {
    deployment,
    headHash,
    teamName: teams.rows[0]?.name ?? "",
    events: events.map(viewEvent),
    exportedAt: now(),
    exportedBy: actor.name,
  };
}
