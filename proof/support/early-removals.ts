import { DatabaseError, type Client } from "pg";
import type { Actor } from "#lib/domain/actor.ts";
import { INSTALLATION_ID } from "#lib/db/change-installation.ts";
import { setLegalHold } from "#lib/services/legal-holds.ts";
import { setRetention } from "#lib/services/retention.ts";
import { cancelDeployment } from "#lib/services/rollback.ts";
import { openRecord, type Team } from "#test/support/factories.ts";
import { hold } from "./counter-example.ts";

/** A way to make a removal look due: what the app's role says first, and whether it may say even that. */
type Lie = { readonly record: string; readonly statements: readonly string[]; readonly refused: boolean };

/**
 * Tries, as the app's role, to have content removed before its time: from a record that goes on, from
 * one that has just ended, and from one under legal hold. Answers with how many attempts were refused.
 */
export async function refuseEarlyRemovals(app: Client, admin: Actor, team: Team): Promise<number> {
  await setRetention(admin, { days: 365 });
  const [running, ended, held] = [await openRecord(team), await openRecord(team), await openRecord(team)];
  for (const deploymentId of [ended, held])
    await cancelDeployment(team.lead, { deploymentId, reason: "not needed any more" });
  await setLegalHold(team.auditor, { deploymentId: held, reason: "a claim is pending" });
  const lies = [...lieAbout(running), ...lieAbout(ended), ...lieAbout(held), ...takeOverTheTrigger(held)];
  for (const lie of lies) await refuseLie(app, lie);
  return lies.length;
}

function lieAbout(record: string): readonly Lie[] {
  const longAgo = `UPDATE deployments SET ended_at = '2001-01-01', ended_by_id = opened_by_id, ended_by_name = 'x',
    outcome = 'cancelled', ended_reason = 'x', status = 'cancelled' WHERE id = '${record}'`;
  const told = (statements: readonly string[]): Lie => ({ record, statements, refused: false });
  const untold = (statement: string): Lie => ({ record, statements: [statement], refused: true });
  return [
    told([]),
    told([longAgo]),
    told([longAgo, addEvent(record, "deployment.cancelled", "2001-01-01T00:00:00.000Z", { reason: "x" })]),
    told([longAgo, addEvent(INSTALLATION_ID, "retention.changed", "2001-01-01T00:00:00.000Z", { to: 30 })]),
    untold(addEvent(INSTALLATION_ID, "retention.changed", "2001-01-01T00:00:00.000Z", { to: 0 })),
    untold(`UPDATE installations SET retention_days = 30`),
    untold(`UPDATE deployments SET legal_hold_at = NULL, legal_hold_by_id = NULL, legal_hold_by_name = NULL,
      legal_hold_reason = NULL WHERE id = '${record}'`),
    untold(`UPDATE deployments SET stone_seq = NULL WHERE id = '${record}'`),
  ];
}

/** The trigger's function speaks with the owner's rights: nobody else may call it, or hang it on a table. */
function takeOverTheTrigger(record: string): readonly Lie[] {
  const table = "CREATE TEMP TABLE events (stream_id uuid, type text, body text, at text, actor_id text)";
  const trigger =
    "CREATE TRIGGER mine AFTER INSERT ON pg_temp.events FOR EACH ROW EXECUTE FUNCTION public.follow_retention_event()";
  const row = `INSERT INTO pg_temp.events VALUES ('${record}', 'legal-hold.lifted', '{}', '', '')`;
  return [
    { record, statements: [table, trigger, row], refused: true },
    { record, statements: ["SELECT follow_retention_event()"], refused: true },
  ];
}

/** Adds an event at the end of a stream, well chained, as the app itself would. */
function addEvent(stream: string, type: string, at: string, data: object): string {
  return `INSERT INTO events (stream_id, seq, body, hash)
    SELECT stream_id, seq + 1, told, encode(sha256(convert_to(told, 'UTF8')), 'hex')
      FROM (SELECT stream_id, seq, json_build_object('stream', stream_id, 'seq', seq + 1, 'prev', hash, 'at', '${at}',
              'type', '${type}', 'actor', json_build_object('id', stream_id, 'name', 'x'), 'data', '${JSON.stringify(data)}'::json)::text AS told
              FROM events WHERE stream_id = '${stream}' ORDER BY seq DESC LIMIT 1) AS last`;
}

async function refuseLie(app: Client, { record, statements, refused }: Lie): Promise<void> {
  await app.query("BEGIN");
  const answers: (string | undefined)[] = [];
  for (const statement of [...statements, `SELECT remove_deployment_content('${record}', '{}', '')`]) {
    if (answers.at(-1) !== undefined) break;
    answers.push(await refusalOf(app, statement));
  }
  await app.query("ROLLBACK");
  const where = `${statements.join("; ")}, then the removal of ${record}`;
  const answer = answers.at(-1);
  hold(answer !== undefined, `the app's role may: ${where}`);
  const early = ["removal_after_span", "removal_not_under_hold"].includes(answer);
  const lawful = refused ? ["42501", "0A000", "installations_retention_days"].includes(answer) : early;
  hold(lawful, `"${where}" ended with ${answer}, which is no refusal for its reason`);
}

async function refusalOf(app: Client, statement: string): Promise<string | undefined> {
  try {
    await app.query(statement);
    return undefined;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return error.constraint ?? error.code;
  }
}
