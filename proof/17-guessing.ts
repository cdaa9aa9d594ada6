import { randomUUID } from "node:crypto";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { now } from "#lib/clock.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { findActor } from "#lib/auth/find-actor.ts";
import { LIMITS } from "#lib/services/attempt-limits.ts";
import { beginTotp, confirmTotp } from "#lib/services/totp-factor.ts";
import { totpFor } from "#lib/services/totp.ts";
import { callAction } from "#test/support/action-client.ts";
import {
  emailOf,
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  type Team,
} from "#test/support/factories.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { withApp } from "./support/app.ts";
import { hold } from "./support/counter-example.ts";
import { inParallel } from "./support/in-parallel.ts";
import { SESSION_COOKIE, sessionOf } from "./support/sessions.ts";
import { someAddress } from "#test/support/some-address.ts";
import { trySignIn } from "#test/support/sign-in-client.ts";

export const title =
  "Guessing is limited wherever a secret is asked for, and an unknown account looks the same";
export const sizes = { unit: "rounds", ci: 1, long: 10 };

type Person = Actor & { kind: "person" };
/** One guess of many; answers with its status, or the code of its refusal. */
type Guess = (index: number) => Promise<number | string | null>;
type Place = {
  readonly points: number;
  readonly refused: number | string;
  readonly limited: number | string;
};

const OVER = 3;
/** Pairs of a known and an unknown account whose times are compared. */
const PAIRS = 24;
/** An unknown account that skipped the hash would be many times faster; a busy machine is not. */
const RATIO = 1.6;

/** Guesses at each place until it is refused for the number of guesses, and not one sooner or later. */
export async function run(size: number, report: Report, _seed: number): Promise<Figures> {
  return withApp(async () => {
    let [places, guesses] = [0, 0];
    let ratio = 1;
    for (let round = 0; round < size; round += 1) {
      // People of their own: whoever guessed in the round before is still limited.
      const team = await makeTeam();
      const all = await placesToGuess(team, await openRecord(team));
      for (const [name, [place, guess]] of Object.entries(all)) {
        guesses += await holdLimit(name, place, guess);
        report(`${name}: ${place.points}, then ${place.limited}`);
      }
      places = Object.keys(all).length;
      ratio = await holdUnknownLooksTheSame(team);
    }
    return {
      places,
      guesses,
      "limited after the documented count": "100 %",
      "time of an unknown account against a known one": ratio.toFixed(2),
    };
  });
}

async function holdLimit(name: string, { points, refused, limited }: Place, guess: Guess): Promise<number> {
  const said: (number | string | null)[] = [];
  for (let index = 0; index < points + OVER; index += 1) said.push(await guess(index));
  const wrong = said.findIndex((answer, index) => answer !== (index < points ? refused : limited));
  hold(wrong === -1, `${name}: guess ${wrong + 1} gets ${said[wrong]}`);
  return said.length;
}

async function placesToGuess(
  team: Team,
  record: string,
): Promise<Readonly<Record<string, readonly [Place, Guess]>>> {
  const known = await emailOf(await makePerson("engineer", team.id));
  const unknown = `${randomUUID()}@test.example`;
  const { account, address, "second-factor": factor, "set-up": setUp, "bad-token": badToken } = LIMITS;
  const status = (points: number): Place => ({ points, refused: 401, limited: 429 });
  const proof = (points: number): Place => ({ points, refused: "proof-required", limited: "rate-limited" });
  const password = (index: number) => ({ kind: "password", password: `guess ${index}` });
  const [stepUp, owner, signer] = [
    await signedIn("engineer", team),
    await signedIn("engineer", team),
    team.engineeringLead,
  ];
  const signing = `${SESSION_COOKIE}=${await sessionOf(signer)}`;
  const digest = contentDigest(await load(record));
  const [byTotp, byCode] = [await pendingSignIn(team), await pendingSignIn(team)];
  const from = () => ({ "x-forwarded-for": someAddress() });
  const [here, tokensHere, linksHere, calendarsHere, signInsHere] = [
    from(),
    from(),
    from(),
    from(),
    someAddress(),
  ];
  return {
    "the password of an account, from anywhere": [
      status(account.points),
      async (index) => signInStatus(known, `guess ${index}`, someAddress()),
    ],
    "the password of an account that there is not": [
      status(account.points),
      async (index) => signInStatus(unknown, `guess ${index}`, someAddress()),
    ],
    "passwords of many accounts from one address, whatever it says before": [
      status(address.points),
      async () => signInStatus(`${randomUUID()}@test.example`, "a guess", `${someAddress()}, ${signInsHere}`),
    ],
    "a one-time code at sign-in": [status(factor.points), async () => byTotp("totp", "000000")],
    "a recovery code at sign-in": [
      status(factor.points),
      async () => byCode("recovery-code", "aaaa-bbbb-cccc-dddd"),
    ],
    "the proof for a step up": [
      proof(account.points),
      async (index) => (await callAction("stepUpAction", { proof: password(index) }, stepUp)).code,
    ],
    "one's own password, to change it": [
      proof(account.points),
      async (index) => {
        const input = { current: `guess ${index}`, password: "long enough password" };
        return (await callAction("changeOwnPasswordAction", input, owner)).code;
      },
    ],
    "the proof at signing": [
      proof(account.points),
      async (index) => {
        const role = "engineering-lead";
        const input = { deploymentId: record, role, digest, proof: password(index), comment: null };
        return (await callAction("grantApprovalAction", input, signing)).code;
      },
    ],
    "the secret address of a calendar": [
      { points: badToken.points, refused: 404, limited: 429 },
      async (index) => {
        const guess = `${index}`.padStart(43, "A");
        return (await fetch(`${canonicalOrigin()}/api/calendar/${guess}.ics`, { headers: calendarsHere }))
          .status;
      },
    ],
    "the token of /setup": [
      { points: setUp.points, refused: "forbidden", limited: "rate-limited" },
      async (index) => {
        const input = {
          token: `guess ${index}`,
          team: "T",
          name: "N",
          email: "n@test.example",
          password: "long enough password",
        };
        return (await callAction("setUpAction", input, null, here)).code;
      },
    ],
    "recovery links": [
      { points: address.points, refused: "link-over", limited: "rate-limited" },
      async () => {
        const input = {
          token: randomUUID().replaceAll("-", "").padEnd(43, "A"),
          password: "long enough password",
        };
        return (await callAction("recoverAccountAction", input, null, linksHere)).code;
      },
    ],
    "API tokens": [status(badToken.points), async () => tokenStatus(tokensHere)],
  };
}

async function signInStatus(email: string, password: string, address: string): Promise<number> {
  return (await trySignIn("credentials", { email, password }, { address })).status;
}

async function tokenStatus(headers: Record<string, string>): Promise<number> {
  const authorization = `Bearer csgn_${randomUUID().replaceAll("-", "")}`;
  const answer = await fetch(`${canonicalOrigin()}/api/v1/deployments`, {
    headers: { ...headers, authorization },
  });
  await answer.arrayBuffer();
  return answer.status;
}

async function signedIn(role: "engineer", team: Team): Promise<string> {
  return `${SESSION_COOKIE}=${await sessionOf(await makePerson(role, team.id))}`;
}

/** Somebody with one-time codes who has given their password; answers with a way to guess the rest. */
async function pendingSignIn(team: Team): Promise<(kind: string, code: string) => Promise<number>> {
  const person = await makePerson("engineer", team.id);
  const actor: Person | null = await findActor(await sessionOf(person));
  if (actor === null) throw new Error("the proof's session has ended");
  const { secret } = await beginTotp(actor);
  await confirmTotp(actor, { code: totpFor(secret, "").generate({ timestamp: Date.parse(now()) }) });
  const first = await trySignIn(
    "credentials",
    { email: await emailOf(person), password: PASSWORD },
    { address: someAddress() },
  );
  hold(
    first.status === 401 && !first.cookies.some((each) => /^countersign\.session=./.test(each)),
    "a password alone signs in",
  );
  const cookie = first.cookies.find((each) => each.startsWith("countersign.pending=")) ?? "";
  return async (kind, code) => {
    const fields = { proof: JSON.stringify({ kind, code }) };
    return (await trySignIn("second-factor", fields, { cookie, address: someAddress() })).status;
  };
}

/** Same status, same text, and as long; answers with how many times as long. */
async function holdUnknownLooksTheSame(team: Team): Promise<number> {
  const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
  await inParallel(
    1,
    Array.from({ length: PAIRS }, (_pair, index) => index),
    async (index) => {
      const emails = {
        known: await emailOf(await makePerson("engineer", team.id)),
        unknown: `${randomUUID()}@test.example`,
      };
      const answers: string[] = [];
      const order = index % 2 === 0 ? (["known", "unknown"] as const) : (["unknown", "known"] as const);
      for (const which of order) {
        const fields = { email: emails[which], password: "a guess" };
        const { status, body, cookies, milliseconds } = await trySignIn("credentials", fields, {
          address: someAddress(),
        });
        times[which].push(milliseconds);
        answers.push(JSON.stringify([status, body, cookies.map((cookie) => cookie.split("=")[0])]));
      }
      hold(
        answers[0] === answers[1],
        `a known account answers otherwise than an unknown one: ${answers.join(" and ")}`,
      );
    },
  );
  const ratio = median(times.unknown) / median(times.known);
  hold(
    ratio < RATIO && ratio > 1 / RATIO,
    `an unknown account takes ${ratio.toFixed(2)} times as long as a known one`,
  );
  return ratio;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
