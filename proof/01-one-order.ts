import { APPROVER_ROLES } from "#lib/domain/roles.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import { pool } from "#lib/db/pool.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { makePerson, makeTeam } from "#test/support/factories.ts";
import { withAppServer } from "./support/app-server.ts";
import { checkOrder, type Logged, type Looked } from "./support/check-order.ts";
import { withCrew, type Crew } from "./support/crew.ts";
import { withDatabase } from "./support/database.ts";
import { headway, rolesOf, type Player } from "./support/headway.ts";
import { Model, type Ask } from "./support/model.ts";
import { hurryPasswords, playersOf } from "./support/people.ts";
import { randomFrom, type Random } from "./support/random.ts";
import { overHttp, type HttpClient } from "./support/over-http.ts";
import { ITEMS, openSmall, PHASES, PLAN } from "./support/small-record.ts";

export const title = "No illegal step under concurrency: one order explains every answer that anybody got";
export const sizes = { unit: "operations on 50 records and a hot one", ci: 10_000, long: 100_000 };

const RECORDS = 50;
const PROCESSES = 3;
const CLIENTS = 24;
/** One operation in so many goes over HTTP. */
const HTTP_SHARE = 12;

type Counts = { granted: number; refused: number; looks: number; http: number };

/** Clients in several processes and over HTTP log what they asked and were told; then the order is checked. */
export async function run(size: number, report: Report, seed: number): Promise<Figures> {
  return withDatabase(async (database) =>
    withAppServer(database, async (url) => {
      const random = randomFrom(seed);
      const team = await makeTeam();
      const players = await playersOf(team, [await makePerson("engineer", team.id)]);
      await hurryPasswords(database);
      const http = await overHttp(url, players);
      const counts: Counts = { granted: 0, refused: 0, looks: 0, http: 0 };
      let [done, records, events] = [0, 0, 0];
      // As many generations of records as it takes: one that has ended refuses everything.
      while (done < size) {
        const ids: string[] = [];
        for (let index = 0; index <= RECORDS; index += 1) ids.push(await openSmall(team));
        const batch = Math.min(size - done, 2_500);
        const logs = await withCrew(PROCESSES, async (crew) =>
          operate(crew, http, players, ids, batch, random, counts),
        );
        for (const id of ids) {
          const history = await eventsOf(id);
          const { log, looks } = logs.get(id) ?? { log: [], looks: [] };
          checkOrder(id, history, new Map(players.map((player) => [player.id, player])), log, looks);
          events += history.length;
        }
        done += batch;
        records += ids.length;
        report(`${done} operations in order`);
      }
      const { flaws } = await verifyHistory();
      if (flaws.length > 0) throw new Error(`the history has a flaw: ${JSON.stringify(flaws[0])}`);
      return {
        operations: done,
        granted: counts.granted,
        refused: counts.refused,
        looks: counts.looks,
        "over HTTP": counts.http,
        records,
        events,
        "illegal steps": 0,
        lost: 0,
        forks: 0,
        "answers 5xx": 0,
        seed,
      };
    }),
  );
}

type Log = { readonly log: Logged[]; readonly looks: Looked[] };

async function operate(
  crew: Crew,
  http: HttpClient,
  players: readonly Player[],
  ids: readonly string[],
  size: number,
  random: Random,
  counts: Counts,
): Promise<ReadonlyMap<string, Log>> {
  const logs = new Map<string, Log>(ids.map((id) => [id, { log: [], looks: [] }]));
  // What the clients believe of each record; others are always ahead of it.
  const beliefs = new Map(ids.map((id) => [id, new Model()]));
  let left = size;
  const client = async (member: number) => {
    while (left > 0) {
      left -= 1;
      const mark = `operation ${left} of ${size}, ${random.below(1e9)}`;
      // Three in ten at the hot record, which stands last.
      const id = random.below(10) < 3 ? (ids.at(-1) ?? "") : random.pick(ids);
      const { log, looks } = logs.get(id) ?? { log: [], looks: [] };
      if (random.below(10) === 0) {
        looks.push(await crew.call(member, "look", { id }));
        counts.looks += 1;
        continue;
      }
      const belief = beliefs.get(id) ?? new Model();
      const next = headway(belief, players, mark);
      const [player, ask] = random.below(2) === 0 ? [next.person, next.ask] : anyAsk(players, random, mark);
      const remote = random.below(HTTP_SHARE) === 0 ? await http.operate(player, id, ask) : null;
      if (remote !== null) counts.http += 1;
      const told = remote ?? (await crew.call(member, "operate", { actor: player, id, ask }));
      if (told.code === null)
        belief.ask({ id: player.id, roles: rolesOf(player), involved: player.involved }, ask);
      log.push({ ...told, player: player.id, ask });
      counts[told.code === null ? "granted" : "refused"] += 1;
    }
  };
  const clients = await Promise.allSettled(
    Array.from({ length: CLIENTS }, async (_, index) =>
      client(index).finally(() => (left = Math.min(left, 0))),
    ),
  );
  for (const ended of clients) if (ended.status === "rejected") throw ended.reason;
  return logs;
}

/** Mostly what a person of the role would do; anything by anybody now and then. */
function anyAsk(players: readonly Player[], random: Random, mark: string): readonly [Player, Ask] {
  const by = (role: string) =>
    random.pick(
      players.filter(({ grants, involved }) => !involved && grants.some((grant) => grant.role === role)),
    );
  const item = random.pick(ITEMS);
  const draw = random.below(100);
  const anybody = random.below(5) === 0 ? random.pick(players) : null;
  const as = random.pick(APPROVER_ROLES);
  if (draw < 35) return [anybody ?? by("engineer"), { do: "tick", item }];
  if (draw < 40) return [anybody ?? by("engineer"), { do: "clear", item }];
  if (draw < 44) return [anybody ?? by("team-lead"), { do: "waive", item, reason: "not here" }];
  if (draw < 52) return [anybody ?? by("engineer"), { do: "note", item, text: mark }];
  if (draw < 64) return [anybody ?? by("engineer"), { do: "complete", phase: random.pick(PHASES) }];
  if (draw < 68) return [anybody ?? by("engineer"), { do: "start", phase: random.pick(PLAN.phases).key }];
  if (draw < 71)
    return [anybody ?? by("team-lead"), { do: "reopen", phase: random.pick(PLAN.phases).key, reason: mark }];
  if (draw < 90) return [anybody ?? by(as), { do: "approve", role: as, text: mark }];
  if (draw < 91) return [anybody ?? by(as), { do: "reject", role: as, text: mark }];
  if (draw < 95) return [anybody ?? by("team-lead"), { do: "answer", text: mark }];
  if (draw < 96) return [anybody ?? by("engineer"), { do: "roll-back", text: mark }];
  if (draw < 97 && random.below(8) === 0) return [anybody ?? by("team-lead"), { do: "cancel", text: mark }];
  return [anybody ?? by("team-lead"), { do: "edit", version: `1.${mark.replaceAll(/\D+/g, ".")}` }];
}

async function eventsOf(id: string): Promise<readonly DeploymentEvent[]> {
  const { rows } = await pool().query<{ body: string }>(
    "SELECT body FROM events WHERE stream_id = $1 ORDER BY seq",
    [id],
  );
  return rows.map(({ body }) => eventFrom(body));
}

// The chain is verified besides, so this text is one that the app wrote; its links are no part of the event.
function eventFrom(body: string): DeploymentEvent {
  const { format: _format, stream: _stream, prev: _prev, ...event } = JSON.parse(body);
  return event as DeploymentEvent;
}
