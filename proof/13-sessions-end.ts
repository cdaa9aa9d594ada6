import type { Figures, Report } from "#scripts/proof/promise.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { findActor } from "#lib/auth/find-actor.ts";
import { pool } from "#lib/db/pool.ts";
import { changeOwnPassword } from "#lib/services/own-password.ts";
import { disablePerson, setPassword } from "#lib/services/people.ts";
import { makeRecoveryLink, recoverAccount } from "#lib/services/recovery-links.ts";
import { revokeRole } from "#lib/services/roles.ts";
import { endOtherSessions, endOwnSession } from "#lib/services/sessions.ts";
import { callAction } from "#test/support/action-client.ts";
import { makePerson, makeTeam, openRecord, PASSWORD, type Team } from "#test/support/factories.ts";
import { withApp } from "./support/app.ts";
import { hold } from "./support/counter-example.ts";
import { inParallel } from "./support/in-parallel.ts";
import { SESSION_COOKIE, sessionOf } from "./support/sessions.ts";
import { signOut } from "#test/support/sign-in-client.ts";

export const title = "Sessions end when told: an old cookie is refused at the very next request";
export const sizes = { unit: "replays of each ended session", ci: 10, long: 100 };

type Person = Actor & { kind: "person" };
/** A person with two sessions; an ending ends the first, by the second or from elsewhere. */
type Scene = {
  readonly team: Team;
  readonly admin: Person;
  readonly person: Person;
  readonly secret: string;
  readonly second: string;
};

const NEW_PASSWORD = "another long password";

const ENDINGS: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  "signed out": ({ secret }) => signOut(cookieWith(secret)),
  "ended from another session": async ({ secret, second }) => {
    const { session } = await speaking(secret);
    await endOwnSession(await speaking(second), { sessionId: session?.id ?? "" });
  },
  "all others ended": async ({ second }) => endOtherSessions(await speaking(second)),
  "own password changed": async ({ second }) =>
    changeOwnPassword(await speaking(second), { current: PASSWORD, password: NEW_PASSWORD }),
  "password set by an admin": ({ admin, person }) =>
    setPassword(admin, { personId: person.id, password: NEW_PASSWORD }),
  "let back in with a link": async ({ admin, person }) => {
    const token = await makeRecoveryLink(admin, { personId: person.id, dropsFactors: true });
    await recoverAccount({ token, password: NEW_PASSWORD }, "127.0.0.1");
  },
  "account closed": ({ admin, person }) => disablePerson(admin, { personId: person.id }),
  "role taken away": ({ admin, person, team }) =>
    revokeRole(admin, { personId: person.id, role: "engineer", teamId: team.id }),
  "left alone for longer than allowed": ({ person }) =>
    pool().query("UPDATE sessions SET last_seen_at = now() - interval '121 minutes' WHERE user_id = $1", [
      person.id,
    ]),
  expired: ({ person }) =>
    pool().query(
      "UPDATE sessions SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day' WHERE user_id = $1",
      [person.id],
    ),
};

/** Ends sessions in each way, and replays the old cookie at once at every kind of way in. */
export async function run(size: number, report: Report, _seed: number): Promise<Figures> {
  return withApp(async () => {
    const team = await makeTeam();
    const record = await openRecord(team);
    const admin = await speaking(await sessionOf(await makePerson("admin", null)));
    let refused = 0;
    for (const [ending, end] of Object.entries(ENDINGS)) {
      const person = await makePerson("engineer", team.id);
      const [secret, second] = [await sessionOf(person), await sessionOf(person)];
      const cookie = cookieWith(secret);
      for (const [way, ask] of Object.entries(waysIn(record)))
        hold((await ask(cookie)) === "in", `${way} refuses a session that stands`);
      await end({ team, admin, person, secret, second });
      const asks = Object.entries(waysIn(record));
      await inParallel(
        8,
        Array.from({ length: size }, (_replay, index) => index),
        async (index) => {
          const [way, ask] = asks[index % asks.length] ?? [];
          hold((await ask?.(cookie)) === "out", `${ending}: replay ${index} at ${way} is not refused`);
          refused += 1;
        },
      );
      report(`${ending}: ${size} of ${size} refused`);
    }
    return { endings: Object.keys(ENDINGS).length, replays: refused, refused, "let in": 0 };
  });
}

type Standing = "in" | "out" | "neither";

/** A request to each kind of way in, and whether it counted the cookie as a session. */
function waysIn(record: string): Readonly<Record<string, (cookie: string) => Promise<Standing>>> {
  const url = canonicalOrigin();
  return {
    "the API": async (cookie) => standing((await get(`/api/v1/deployments/${record}`, cookie)).status),
    "a server action": async (cookie) => {
      const { code } = await callAction("recordLookAction", { deploymentId: record, seq: 1 }, cookie);
      return code === "ok" ? "in" : code === "signed-out" ? "out" : "neither";
    },
    "a page": async (cookie) => {
      const answer = await get(`/deployments/${record}`, cookie);
      const location = new URL(answer.headers.get("location") ?? "/", url);
      return answer.status === 200 ? "in" : location.pathname === "/sign-in" ? "out" : "neither";
    },
    "the live stream": async (cookie) => {
      const answer = await fetch(`${url}/api/live`, { method: "HEAD", headers: { cookie } });
      return standing(answer.status);
    },
  };
}

function standing(status: number): Standing {
  return status < 300 ? "in" : status === 401 ? "out" : "neither";
}

async function get(path: string, cookie: string): Promise<Response> {
  const answer = await fetch(`${canonicalOrigin()}${path}`, { headers: { cookie }, redirect: "manual" });
  await answer.arrayBuffer();
  return answer;
}

/** The person whom a session speaks for, freshly proven. */
async function speaking(secret: string): Promise<Person> {
  const actor = await findActor(secret, "127.0.0.1");
  if (actor === null) throw new Error("the proof's session has ended");
  return actor;
}

function cookieWith(secret: string): string {
  return `${SESSION_COOKIE}=${secret}`;
}
