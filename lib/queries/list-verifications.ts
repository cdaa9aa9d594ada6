import type { Actor } from "#lib/domain/actor.ts";
import type { Instant } from "#lib/domain/deployment.ts";
import type { VerificationScope } from "#lib/domain/inputs/verifications.ts";
import { teamsWhere } from "#lib/domain/policy.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { pool } from "#lib/db/pool.ts";
import { listVerificationRuns, type VerificationRun } from "#lib/db/verifications.ts";

const FLAWS_SHOWN = 20;

export type FlawView = {
  /** Event number; null when it is about no single event. */
  readonly seq: number | null;
  readonly message: string;
  /** The record it is about, or the installation's own history; null for the log as a whole. */
  readonly record: { readonly title: string; readonly id: string | null } | null;
};

export type VerificationView = {
  readonly id: string;
  readonly scope: VerificationScope;
  /** What was verified, in words, but for the times of a span. */
  readonly record: string | null;
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly state: "waiting" | "running" | "whole" | "broken" | "failed";
  readonly checked: number;
  readonly total: number | null;
  readonly streams: number | null;
  /** The first flaws, of how many. */
  readonly flaws: readonly FlawView[];
  readonly flawCount: number;
  readonly failure: string | null;
};

/** The last verifications, newest first: all of them, or those of records of the caller's teams. */
export async function listVerifications(actor: Actor, limit: number): Promise<readonly VerificationView[]> {
  const teams = teamsWhere(actor, "history.verify");
  if (teams !== null && teams.length === 0)
    throw new Rejection("forbidden", "Auditors, admins and team leads see verifications");
  const runs = await listVerificationRuns(teams, limit);
  const titles = await titlesOf(runs.flatMap(recordsIn), teams);
  return runs.map((run) => viewRun(run, titles));
}

function viewRun(run: VerificationRun, titles: ReadonlyMap<string, string>): VerificationView {
  const { id, scope, askedBy, askedAt, finishedAt, streams, failure, flaws } = run;
  return {
    id,
    scope,
    record: scope.kind === "deployment" ? (titles.get(scope.deploymentId) ?? "a record") : null,
    askedBy: askedBy.name,
    askedAt,
    finishedAt,
    state: stateOf(run),
    checked: run.eventsChecked,
    total: run.eventsTotal,
    streams,
    flaws: (flaws ?? []).slice(0, FLAWS_SHOWN).map(({ stream, seq, message }) => ({
      seq,
      message,
      record: stream === null ? null : recordOf(stream, titles),
    })),
    flawCount: flaws?.length ?? 0,
    failure,
  };
}

function stateOf({ finishedAt, failure, flaws, eventsTotal }: VerificationRun): VerificationView["state"] {
  if (finishedAt === null) return eventsTotal === null ? "waiting" : "running";
  if (failure !== null) return "failed";
  return flaws?.length === 0 ? "whole" : "broken";
}

function recordOf(stream: string, titles: ReadonlyMap<string, string>): FlawView["record"] {
  if (stream === INSTALLATION_ID) return { title: "People, roles and teams", id: null };
  const title = titles.get(stream);
  return title === undefined ? { title: `Record ${stream}`, id: null } : { title, id: stream };
}

function recordsIn({ scope, flaws }: VerificationRun): readonly string[] {
  const inFlaws = (flaws ?? []).slice(0, FLAWS_SHOWN).flatMap(({ stream }) => stream ?? []);
  return scope.kind === "deployment" ? [scope.deploymentId, ...inFlaws] : inFlaws;
}

// A flaw of the log may name a record that the caller does not see: its title is not looked up.
async function titlesOf(
  ids: readonly string[],
  teams: readonly string[] | null,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool().query<{ id: string; title: string }>(
    `SELECT id, service_name || ' ' || version AS title FROM deployments
      WHERE id = ANY ($1::uuid[]) AND ($2::uuid[] IS NULL OR team_id = ANY ($2::uuid[]))`,
    [ids, teams],
  );
  return new Map(rows.map(({ id, title }) => [id, title]));
}
