import { randomUUID } from "node:crypto";
import type { Actor, RoleGrant } from "#lib/domain/actor.ts";
import { ROLES } from "#lib/domain/roles.ts";
import { TOKEN_SCOPES, type TokenScope } from "#lib/domain/token-scopes.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { grantRole, revokeRole } from "#lib/services/roles.ts";
import { hashToken } from "#lib/hash-token.ts";
import { ADMINISTRATOR } from "#scripts/admin/administrator.ts";
import { tokenOf } from "#test/support/api-client.ts";
import { makePerson, type Team } from "#test/support/factories.ts";
import { SESSION_COOKIE, sessionOf } from "../support/sessions.ts";

type Person = Actor & { kind: "person" };

/** Somebody who calls, with what they show; `actor` is null when it makes them nobody. */
export type Caller = {
  readonly name: string;
  /** Callers of one kind are refused and let through in the same place of the code. */
  readonly kind: string;
  readonly by: "session" | "token";
  readonly headers: Readonly<Record<string, string>>;
  readonly actor: Actor | null;
};

/** Which of a caller's scopes are tried where: every set on the own team's, elsewhere all that there are. */
const SCOPE_SETS: readonly (readonly TokenScope[])[] = [
  ...TOKEN_SCOPES.map((scope) => [scope]),
  TOKEN_SCOPES,
];

/** Every role on the own team, on another and on all, and nobody's; in sessions and with tokens, good and bad. */
export async function makeCallers(own: Team, other: Team): Promise<readonly Caller[]> {
  const callers: Caller[] = [];
  for (const role of ROLES) {
    for (const [where, teamId] of [
      ["the team", own.id],
      ["another team", other.id],
      ["all teams", null],
    ] as const) {
      const person = await makePerson(role, teamId);
      callers.push(await inSession(role, `of ${where}`, person));
      for (const scopes of teamId === own.id ? SCOPE_SETS : [TOKEN_SCOPES])
        callers.push(await withToken(role, `of ${where}`, person, scopes));
    }
  }
  const nobodys = await personWith([]);
  callers.push(await inSession("somebody", "without a role", nobodys));
  callers.push(await withToken("somebody", "without a role", nobodys, TOKEN_SCOPES));
  return [...callers, ...(await faultyCallers())];
}

async function inSession(who: string, where: string, actor: Person): Promise<Caller> {
  const kind = where === "of the team" ? `${who} of the team` : `${where}, in a session`;
  const headers = cookie(await sessionOf(actor));
  return { name: `${who} ${where}, in a session`, kind, by: "session", headers, actor };
}

async function withToken(
  who: string,
  where: string,
  person: Person,
  scopes: readonly TokenScope[],
): Promise<Caller> {
  const actor: Actor = { ...person, kind: "token", token: { id: "", name: "", scopes } };
  const headers = bearer(await tokenOf(person, ...scopes));
  const name = `${who} ${where}, with a token for ${scopes.join("+")}`;
  return { name, kind: `${where}, with a token`, by: "token", headers, actor };
}

/** Whoever could do everything, were it not for what they show. */
async function faultyCallers(): Promise<readonly Caller[]> {
  const all = ROLES.map((role) => ({ role, teamId: null }));
  const person = async () => personWith(all);
  const [expired, revoked, closed] = [await person(), await person(), await person()];
  const secrets = {
    expired: await sessionOf(expired),
    revoked: await sessionOf(revoked),
    closed: await sessionOf(closed),
  };
  const tokens = {
    expired: await expiredToken(expired.id),
    revoked: await tokenOf(revoked, ...TOKEN_SCOPES),
    closed: await tokenOf(closed, ...TOKEN_SCOPES),
  };
  await pool().query(
    "UPDATE sessions SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day' WHERE user_id = $1",
    [expired.id],
  );
  await pool().query("UPDATE sessions SET revoked_at = now() WHERE user_id = $1", [revoked.id]);
  await pool().query("UPDATE api_tokens SET revoked_at = now() WHERE user_id = $1", [revoked.id]);
  await prisma().user.update({ where: { id: closed.id }, data: { disabledAt: new Date() } });
  const good = await person();
  const goodToken = await tokenOf(good, ...TOKEN_SCOPES);
  const nobody = (name: string, by: Caller["by"], headers: Caller["headers"]): Caller => ({
    name,
    kind: name === "nobody" ? name : `nobody by ${by}`,
    by,
    headers,
    actor: null,
  });
  return [
    nobody("nobody", "session", {}),
    nobody("a forged session", "session", cookie("A".repeat(43))),
    nobody("an ended session", "session", cookie(secrets.expired)),
    nobody("a revoked session", "session", cookie(secrets.revoked)),
    nobody("the session of a closed account", "session", cookie(secrets.closed)),
    nobody("a token as a session", "session", cookie(goodToken)),
    nobody("an ended token", "token", bearer(tokens.expired)),
    nobody("a revoked token", "token", bearer(tokens.revoked)),
    nobody("the token of a closed account", "token", bearer(tokens.closed)),
    nobody(
      "an unknown token",
      "token",
      bearer(goodToken.replace(/.$/, (last) => (last === "A" ? "B" : "A"))),
    ),
    nobody("a session as a token", "token", bearer(await sessionOf(good))),
    nobody("a malformed token", "token", { authorization: "Bearer ?" }),
  ];
}

/** Somebody with these roles and no others. */
export async function personWith(grants: readonly RoleGrant[]): Promise<Person> {
  const person = await makePerson("engineer", null);
  await revokeRole(ADMINISTRATOR, { personId: person.id, role: "engineer", teamId: null });
  for (const grant of grants) await grantRole(ADMINISTRATOR, { personId: person.id, ...grant });
  return { ...person, grants };
}

// The app's role may not move an expiry, so this one has ended from the start.
async function expiredToken(userId: string): Promise<string> {
  const secret = `csgn_${randomUUID().replaceAll("-", "")}`;
  const [createdAt, expiresAt] = [new Date(Date.now() - 7_200_000), new Date(Date.now() - 3_600_000)];
  await prisma().apiToken.create({
    data: {
      id: randomUUID(),
      userId,
      name: "ended",
      tokenHash: hashToken(secret),
      scopes: [...TOKEN_SCOPES],
      createdAt,
      expiresAt,
    },
  });
  return secret;
}

function cookie(secret: string): Readonly<Record<string, string>> {
  return { cookie: `${SESSION_COOKIE}=${secret}` };
}

function bearer(secret: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${secret}` };
}
