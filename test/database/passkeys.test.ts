import { createHash, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { findActor } from "#lib/auth/find-actor.ts";
import { challengeText, type PasskeyAssertion } from "#lib/domain/proof.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { canonicalText } from "#lib/proof/canonical-json.ts";
import { pool } from "#lib/db/pool.ts";
import { prisma } from "#lib/db/prisma.ts";
import { grantApproval } from "#lib/services/approvals.ts";
import { askToEnrol, removePasskey } from "#lib/services/passkeys.ts";
import { disablePerson } from "#lib/services/people.ts";
import { askToSign } from "#lib/services/proof.ts";
import { makeRecoveryCodes } from "#lib/services/recovery-codes.ts";
import { askSecondFactor, finishSignIn } from "#lib/services/sign-in.ts";
import { askToStepUp, stepUp } from "#lib/services/step-up.ts";
import { changeTeamSecondFactor } from "#lib/services/teams.ts";
import {
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  refusalOf,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import type { SoftwarePasskey } from "#test/support/software-passkey.ts";
import {
  installationEvents,
  logged,
  ORIGIN,
  pendingFor,
  PLACE,
  type Signed,
  signedIn,
  wait,
  withPasskey,
} from "./identity-cast.ts";

let team: Team;
let admin: Signed;

beforeEach(async () => {
  team = await makeTeam();
  admin = await signedIn(await makePerson("admin", null));
});

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

  // The library that checks them takes more; what the history keeps is held against these forms for good.
  test.each(["authenticatorData", "clientDataJSON", "signature"] as const)(
    "is refused with its %s in another form than canonical base64url",
    async (field) => {
      const { actor, passkey } = await withPasskey(team.sre);
      const request = await askToStepUp(actor, { origin: ORIGIN });
      const answer = passkey.answer(request);
      answer.response[field] = inAnotherForm(answer.response[field]);
      const proof = { kind: "passkey" as const, challengeId: request.challengeId, answer };
      expect(await refusalOf(stepUp(actor, { proof }))).toBe("proof-required");
    },
  );

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

  test("is refused when the account was closed since it was asked for", async () => {
    const { id, actor, passkey, digest } = await ready();
    const exact = { deploymentId: id, role: "engineering-lead" as const, digest };
    const request = await askToSign(actor, { ...exact, decision: "approve", origin: ORIGIN });
    await disablePerson(admin, { personId: actor.id });
    const proof = {
      kind: "passkey" as const,
      challengeId: request.challengeId,
      answer: passkey.answer(request),
    };
    expect(await refusalOf(grantApproval(actor, { ...exact, proof, comment: null }))).toBe("signed-out");
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

function inAnotherForm(text: string): string {
  const same = Buffer.from(text, "base64url");
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const forms = [...digits].map((digit) => `${text.slice(0, -1)}${digit}`);
  const other = forms.find((form) => form !== text && Buffer.from(form, "base64url").equals(same));
  return other ?? `${text}=`;
}
