import { createHash, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { now } from "#lib/clock.ts";
import type { Actor, SessionRef } from "#lib/domain/actor.ts";
import { findActor } from "#lib/auth/find-actor.ts";
import { challengeText, type PasskeyAssertion } from "#lib/domain/proof.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { canonicalText } from "#lib/proof/canonical-json.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { grantApproval } from "#lib/services/approvals.ts";
import { changeOwnPassword } from "#lib/services/own-password.ts";
import { addPasskey, askToEnrol, removePasskey } from "#lib/services/passkeys.ts";
import { askToSign } from "#lib/services/proof.ts";
import { makeRecoveryCodes } from "#lib/services/recovery-codes.ts";
import { makeRecoveryLink, recoverAccount } from "#lib/services/recovery-links.ts";
import { seal, unseal } from "#lib/services/sealing.ts";
import { askSecondFactor, finishSignIn, signIn } from "#lib/services/sign-in.ts";
import { askToStepUp, stepUp } from "#lib/services/step-up.ts";
import { changeTeamSecondFactor } from "#lib/services/teams.ts";
import { beginTotp, confirmTotp, removeTotp } from "#lib/services/totp-factor.ts";
import { totpFor } from "#lib/services/totp.ts";
import { moveClock } from "#test/support/database.ts";
import {
  emailOf,
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  refusalOf,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { SoftwarePasskey } from "#test/support/software-passkey.ts";

const ORIGIN = "http://localhost:3000";
const PLACE = { address: "192.0.2.7", agent: "a browser" };
const NEW_PASSWORD = "quite another password";

type Signed = Actor & { kind: "person"; session: SessionRef };

let clock = 0;
let team: Team;
let admin: Signed;

beforeEach(async () => {
  team = await makeTeam();
  admin = await signedIn(await makePerson("admin", null));
});

/** The clock of this file goes on alone; what was fresh is stale after six minutes. */
function wait(minutes: number): void {
  clock += minutes * 60_000;
  moveClock(clock);
}

async function signedIn(person: Actor & { kind: "person" }): Promise<Signed> {
  const session = await signIn(await emailOf(person), PASSWORD, `from ${person.id}`);
  const actor = session?.state === "signed-in" ? await findActor(session.token, PLACE.address) : null;
  if (actor === null) throw new Error("the test's person could not sign in");
  return actor;
}

async function withPasskey(
  person: Actor & { kind: "person" },
): Promise<{ actor: Signed; passkey: SoftwarePasskey }> {
  const actor = await signedIn(person);
  const passkey = new SoftwarePasskey();
  const request = await askToEnrol(actor, { origin: ORIGIN });
  await addPasskey(actor, { challengeId: request.challengeId, name: "Key", answer: passkey.make(request) });
  return { actor, passkey };
}

async function withTotp(person: Actor & { kind: "person" }): Promise<{ actor: Signed; code: () => string }> {
  const actor = await signedIn(person);
  const { secret } = await beginTotp(actor);
  const code = () => totpFor(secret, "").generate({ timestamp: Date.parse(now()) });
  await confirmTotp(actor, { code: code() });
  wait(1);
  return { actor, code };
}

async function pendingFor(person: Actor & { kind: "person" }): Promise<string> {
  const pending = await signIn(await emailOf(person), PASSWORD, `from ${randomUUID()}`);
  expect(pending?.state).toBe("second-factor");
  return pending?.token ?? "";
}

async function installationEvents(): Promise<readonly string[]> {
  const { rows } = await pool().query<{ type: string }>(
    "SELECT type FROM events WHERE stream_id = '00000000-0000-4000-8000-000000000000' ORDER BY seq DESC LIMIT 3",
  );
  return rows.map(({ type }) => type);
}

async function logged(personId: string): Promise<readonly string[]> {
  const rows = await prisma().securityLogEntry.findMany({
    where: { userId: personId },
    orderBy: { id: "asc" },
  });
  return rows.map(({ kind }) => kind);
}

describe("a passkey", () => {
  test("is enrolled, signs in, and leaves its event and its lines", async () => {
    const { actor, passkey } = await withPasskey(team.sre);
    expect((await installationEvents())[0]).toBe("person.passkey-added");
    const pending = await pendingFor(actor);
    const { passkey: request } = await askSecondFactor(pending, ORIGIN);
    if (request === null) throw new Error("no passkey was asked for");
    const given = {
      kind: "passkey" as const,
      challengeId: request.challengeId,
      answer: passkey.answer(request),
    };
    const done = await finishSignIn(pending, given, PLACE);
    expect(await findActor(done.token)).toMatchObject({ id: actor.id });
    expect(await refusalOf(finishSignIn(pending, given, PLACE))).toBe("sign-in-over");
    expect(await logged(actor.id)).toEqual(["sign-in.succeeded", "factor.added", "sign-in.succeeded"]);
    expect(await findActor(pending)).toBeNull();
  });

  const forgeries = [
    ["another origin", { origin: "https://evil.example" }],
    ["an origin of ours that is another site's", { origin: "http://127.0.0.1:3000" }],
    ["another site", { rpId: "evil.example" }],
    ["another challenge", { challenge: Buffer.from("x".repeat(32)).toString("base64url") }],
    ["no user check", { verified: false }],
    ["a counter that went back", { counter: 1 }],
  ] as const;

  test.each(forgeries)("is refused with %s", async (_title, forged) => {
    const { actor, passkey } = await withPasskey(team.sre);
    const prove = async (forgery: object) => {
      const request = await askToStepUp(actor, { origin: ORIGIN });
      const answer = passkey.answer(request, forgery);
      return refusalOf(
        stepUp(actor, { proof: { kind: "passkey", challengeId: request.challengeId, answer } }),
      );
    };
    expect(await prove({})).toBeNull();
    expect(await prove({})).toBeNull();
    expect(await prove(forged)).toBe("proof-required");
    expect((await logged(actor.id)).at(-1)).toBe("proof.refused");
  });

  test("has its challenge once, for five minutes, for its own person and purpose", async () => {
    const { actor, passkey } = await withPasskey(team.sre);
    const { actor: other, passkey: theirs } = await withPasskey(team.security);
    const proofOf = (key: SoftwarePasskey, request: Awaited<ReturnType<typeof askToStepUp>>) => ({
      proof: { kind: "passkey" as const, challengeId: request.challengeId, answer: key.answer(request) },
    });
    const stolen = await askToStepUp(actor, { origin: ORIGIN });
    expect(await refusalOf(stepUp(other, proofOf(theirs, stolen)))).toBe("proof-required");
    expect(await refusalOf(stepUp(actor, proofOf(passkey, stolen)))).toBeNull();
    expect(await refusalOf(stepUp(actor, proofOf(passkey, stolen)))).toBe("proof-required");
    const old = await askToStepUp(actor, { origin: ORIGIN });
    wait(6);
    expect(await refusalOf(stepUp(actor, proofOf(passkey, old)))).toBe("proof-required");
    const twice = await askToStepUp(actor, { origin: ORIGIN });
    const input = proofOf(passkey, twice);
    const answers = await Promise.all([1, 2, 3, 4].map(() => refusalOf(stepUp(actor, input))));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
  });

  test("works where browsers take one, and nowhere else", async () => {
    const actor = await signedIn(team.sre);
    for (const origin of ["http://127.0.0.1:3000", "https://evil.example", "http://localhost:4000"])
      expect(await refusalOf(askToEnrol(actor, { origin }))).toBe("passkeys-not-here");
  });

  test("is removed with a fresh proof alone, and takes the codes with it when it was the last", async () => {
    const { actor } = await withPasskey(team.sre);
    await makeRecoveryCodes(actor);
    const [key] = await prisma().passkey.findMany({ where: { userId: actor.id } });
    const stranger = await signedIn(team.security);
    expect(await refusalOf(removePasskey(stranger, { passkeyId: key?.id ?? "" }))).toBe("not-found");
    wait(6);
    expect(await refusalOf(removePasskey(actor, { passkeyId: key?.id ?? "" }))).toBe("step-up-required");
    wait(-6);
    await removePasskey(actor, { passkeyId: key?.id ?? "" });
    expect((await installationEvents())[0]).toBe("person.passkey-removed");
    expect(await prisma().recoveryCode.count({ where: { userId: actor.id } })).toBe(0);
  });
});

describe("a signature by passkey", () => {
  async function ready() {
    const id = await openRecord(team);
    await toSignOff(team, id);
    const { actor, passkey } = await withPasskey(team.engineeringLead);
    const digest = contentDigest(await load(id));
    return { id, actor, passkey, digest };
  }

  test("holds for exactly this record, role, decision and digest, and its event shows how", async () => {
    const { id, actor, passkey, digest } = await ready();
    const exact = {
      deploymentId: id,
      role: "engineering-lead" as const,
      decision: "approve" as const,
      digest,
    };
    const others = [
      { ...exact, deploymentId: randomUUID() },
      { ...exact, role: "security" as const },
      { ...exact, decision: "reject" as const },
      { ...exact, digest: "0".repeat(64) },
    ];
    const signBy = async (asked: typeof exact | (typeof others)[number]) => {
      const request = await askToSign(actor, { ...asked, origin: ORIGIN });
      const proof = {
        kind: "passkey" as const,
        challengeId: request.challengeId,
        answer: passkey.answer(request),
      };
      return grantApproval(actor, { deploymentId: id, role: exact.role, digest, proof, comment: null });
    };
    for (const other of others) expect(await refusalOf(signBy(other))).toBe("proof-required");
    await signBy(exact);
    const [approval] = (await load(id)).approvals;
    expect(approval?.proof).toBe("passkey");
    const { rows } = await pool().query<{ body: string }>(
      "SELECT body FROM events WHERE stream_id = $1 AND type = 'approval.granted'",
      [id],
    );
    const event = JSON.parse(rows[0]?.body ?? "{}") as { data: { assertion: PasskeyAssertion } };
    const { nonce, clientData } = event.data.assertion;
    const { deploymentId: deployment, ...statement } = exact;
    const text = canonicalText(challengeText(actor.id, nonce, { kind: "sign", deployment, ...statement }));
    const { challenge } = JSON.parse(Buffer.from(clientData, "base64url").toString()) as {
      challenge: string;
    };
    expect(challenge).toBe(createHash("sha256").update(text).digest("base64url"));
  });

  test("is asked for where the person has a factor, or the team asks for one", async () => {
    const { id, actor, digest } = await ready();
    const proof = { kind: "password" as const, password: PASSWORD };
    const alone = { deploymentId: id, role: "engineering-lead" as const, digest, proof, comment: null };
    expect(await refusalOf(grantApproval(actor, alone))).toBe("second-factor-required");
    const bare = await openRecord(team);
    await toSignOff(team, bare);
    const other = { ...alone, deploymentId: bare, digest: contentDigest(await load(bare)) };
    const [stranger] = [await makePerson("engineering-lead", team.id)];
    await changeTeamSecondFactor(admin, { teamId: team.id, required: true });
    expect((await installationEvents())[0]).toBe("team.second-factor-changed");
    expect(await refusalOf(grantApproval(stranger, other))).toBe("second-factor-required");
    await expect(
      pool().query(
        `INSERT INTO approvals SELECT $1, 1, 'engineering-lead', 99, 'approved', now(), $2, 'x', 'm', NULL, $3, 'password', false`,
        [bare, stranger.id, other.digest],
      ),
    ).rejects.toThrow("the team asks for a second factor to sign");
    await changeTeamSecondFactor(admin, { teamId: team.id, required: false });
    expect(await refusalOf(grantApproval(stranger, other))).toBeNull();
    expect(await refusalOf(changeTeamSecondFactor(team.lead, { teamId: team.id, required: true }))).toBe(
      "forbidden",
    );
  });
});

describe("one-time codes", () => {
  test("serve once, also at once, and one step late", async () => {
    const { actor, code } = await withTotp(team.sre);
    const given = { kind: "totp" as const, code: code() };
    const pending = await Promise.all([1, 2, 3, 4].map(() => pendingFor(actor)));
    const answers = await Promise.all(pending.map((token) => refusalOf(finishSignIn(token, given, PLACE))));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    wait(1);
    const late = { kind: "totp" as const, code: code() };
    wait(0.5);
    expect(await refusalOf(finishSignIn(await pendingFor(actor), late, PLACE))).toBeNull();
    wait(1);
    const tooLate = { kind: "totp" as const, code: code() };
    wait(1);
    expect(await refusalOf(finishSignIn(await pendingFor(actor), tooLate, PLACE))).toBe("proof-required");
  });

  test("are limited, whatever first step they come with", async () => {
    const { actor } = await withTotp(team.sre);
    const answers = [];
    for (let count = 0; count < 7; count += 1) {
      const wrong = { kind: "totp" as const, code: String(count).padStart(6, "0") };
      answers.push(await refusalOf(finishSignIn(await pendingFor(actor), wrong, PLACE)));
    }
    expect(answers).toEqual([...Array(5).fill("proof-required"), "rate-limited", "rate-limited"]);
    expect((await logged(actor.id)).filter((kind) => kind === "sign-in.limited")).toHaveLength(1);
  });

  test("stand sealed in the database, and are removed with an event", async () => {
    const { actor } = await withTotp(team.sre);
    const { sealedSecret } = await prisma().totpFactor.findUniqueOrThrow({ where: { userId: actor.id } });
    expect(unseal(sealedSecret, `totp ${actor.id}`)).toMatch(/^[A-Z2-7]{32}$/);
    expect(() => unseal(sealedSecret, `totp ${team.lead.id}`)).toThrow();
    expect(() => unseal(seal("x", "a").replace(/^v1\../, "v1._-"), "a")).toThrow();
    wait(-1);
    await removeTotp(actor);
    expect((await installationEvents())[0]).toBe("person.totp-removed");
    expect((await signIn(await emailOf(actor), PASSWORD, "here"))?.state).toBe("signed-in");
  });
});

test("a recovery code serves once, also at once; new ones make the old worthless", async () => {
  const { actor } = await withTotp(team.sre);
  wait(-1);
  const [first = "", second = ""] = await makeRecoveryCodes(actor);
  expect(first).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
  const given = { kind: "recovery-code" as const, code: first.replaceAll("-", "") };
  const pending = await Promise.all([1, 2, 3, 4].map(() => pendingFor(actor)));
  const answers = await Promise.all(pending.map((token) => refusalOf(finishSignIn(token, given, PLACE))));
  expect(answers.filter((answer) => answer === null)).toHaveLength(1);
  await makeRecoveryCodes(actor);
  const old = { kind: "recovery-code" as const, code: second.replaceAll("-", "") };
  expect(await refusalOf(finishSignIn(await pendingFor(actor), old, PLACE))).toBe("proof-required");
});

describe("a recovery link", () => {
  test("sets a password once, also at once, ends sessions and drops factors when it says so", async () => {
    const { actor } = await withPasskey(team.sre);
    const token = await makeRecoveryLink(admin, { personId: actor.id, dropsFactors: true });
    expect((await installationEvents())[0]).toBe("person.recovery-link-made");
    const input = { token, password: NEW_PASSWORD };
    const answers = await Promise.all([1, 2, 3, 4].map(() => refusalOf(recoverAccount(input, randomUUID()))));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(answers.filter((answer) => answer === "link-over")).toHaveLength(3);
    expect((await installationEvents())[0]).toBe("person.recovered");
    expect(await prisma().session.count({ where: { userId: actor.id, revokedAt: null } })).toBe(0);
    expect((await signIn(await emailOf(actor), NEW_PASSWORD, "here"))?.state).toBe("signed-in");
    expect(await signIn(await emailOf(actor), PASSWORD, "here")).toBeNull();
  });

  test("ends after a day, with a newer one, and with a closed account; only a fresh admin makes one", async () => {
    const make = async () => makeRecoveryLink(admin, { personId: team.sre.id, dropsFactors: false });
    const use = async (token: string) =>
      refusalOf(recoverAccount({ token, password: NEW_PASSWORD }, "there"));
    const first = await make();
    const second = await make();
    expect(await use(first)).toBe("link-over");
    expect(await use("A".repeat(43))).toBe("link-over");
    wait(24 * 60 + 1);
    expect(await use(second)).toBe("link-over");
    expect(await refusalOf(make())).toBe("step-up-required");
    expect(
      await refusalOf(
        makeRecoveryLink(await signedIn(team.lead), { personId: team.sre.id, dropsFactors: true }),
      ),
    ).toBe("forbidden");
  });
});

test("one's own password asks the old one and ends the other sessions", async () => {
  const actor = await signedIn(team.sre);
  const other = await signedIn(team.sre);
  const wrong = { current: "not this one", password: NEW_PASSWORD };
  expect(await refusalOf(changeOwnPassword(actor, wrong))).toBe("proof-required");
  await changeOwnPassword(actor, { current: PASSWORD, password: NEW_PASSWORD });
  expect((await installationEvents())[0]).toBe("person.password-changed");
  const left = await prisma().session.findMany({ where: { userId: actor.id, revokedAt: null } });
  expect(left.map(({ id }) => id)).toEqual([actor.session.id]);
  expect(other.session.id).not.toBe(actor.session.id);
});

test("neither events nor the security log hold a secret", async () => {
  const { actor } = await withTotp(team.sre);
  wait(-1);
  const codes = await makeRecoveryCodes(actor);
  const token = await makeRecoveryLink(admin, { personId: actor.id, dropsFactors: false });
  const { rows } = await pool().query<{ text: string }>(
    "SELECT body AS text FROM events UNION ALL SELECT to_jsonb(l)::text FROM security_log l",
  );
  const all = rows.map(({ text }) => text).join("\n");
  for (const secret of [...codes, ...codes.map((code) => code.replaceAll("-", "")), token, PASSWORD])
    expect(all).not.toContain(secret);
});
