import { beforeEach, describe, expect, test } from "vitest";
import { Client } from "pg";
import { z } from "zod";
import { findActor } from "#lib/auth/find-actor.ts";
import type { Actor, SessionRef } from "#lib/domain/actor.ts";
import { allGateBlockers } from "#lib/domain/gates.ts";
import { challengeText } from "#lib/domain/proof.ts";
import { DAY } from "#lib/domain/time.ts";
import { breakGlassDigest } from "#lib/db/break-glass-digest.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { fingerprintOf } from "#lib/proof/note-keys.ts";
import { grantApproval } from "#lib/services/approvals.ts";
import { confirmBreakGlass, requestBreakGlass } from "#lib/services/break-glass.ts";
import { makeBundle } from "#lib/services/bundles.ts";
import { createDelegation } from "#lib/services/delegations.ts";
import { addFile } from "#lib/services/evidence.ts";
import { addPasskey, askToEnrol } from "#lib/services/passkeys.ts";
import { askToSign } from "#lib/services/proof.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { signIn } from "#lib/services/sign-in.ts";
import { signingKey } from "#lib/signing-key.ts";
import { urlFor } from "#test/support/database.ts";
import {
  inSession,
  emailOf,
  finishPhase,
  load,
  makePerson,
  makeTeam,
  openRecord,
  PASSWORD,
  refusalOf,
  sign,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { bundleOf, verdictOn } from "#test/support/verdicts.ts";
import { SoftwarePasskey } from "#test/support/software-passkey.ts";

const ORIGIN = "http://localhost:3000";
type Person = Actor & { kind: "person" };
type Keyed = { readonly actor: Person & { session: SessionRef }; readonly passkey: SoftwarePasskey };

let team: Team;

beforeEach(async () => {
  team = await makeTeam();
});

async function withPasskey(person: Person): Promise<Keyed> {
  const session = await signIn(await emailOf(person), PASSWORD, `from ${person.id}`);
  const actor = session?.state === "signed-in" ? await findActor(session.token, "192.0.2.7") : null;
  if (actor === null) throw new Error("the test's person could not sign in");
  const passkey = new SoftwarePasskey();
  const request = await askToEnrol(actor, { origin: ORIGIN });
  await addPasskey(actor, { challengeId: request.challengeId, name: "Key", answer: passkey.make(request) });
  return { actor, passkey };
}

async function signByPasskey(
  id: string,
  { actor, passkey }: Keyed,
  role: "security" | "devops-sre",
  delegation?: string,
) {
  const digest = contentDigest(await load(id));
  const ref = { deploymentId: id, role, digest, ...(delegation !== undefined && { delegation }) };
  const request = await askToSign(actor, { ...ref, decision: "approve", origin: ORIGIN });
  const proof = {
    kind: "passkey" as const,
    challengeId: request.challengeId,
    answer: passkey.answer(request),
  };
  await grantApproval(actor, { ...ref, proof, comment: null });
}

async function storyWithEverything(): Promise<string> {
  const id = await openRecord(team, {
    approvals: [{ role: "engineering-lead" }, { role: "devops-sre" }, { role: "security" }],
  });
  const bytes = new TextEncoder().encode("what was seen");
  await addFile(team.engineer, { deploymentId: id, item: "cdn", name: "../seen “once”.txt", bytes });
  await toSignOff(team, id);
  await sign(id, team.engineeringLead, "engineering-lead");
  await signByPasskey(id, await withPasskey(team.sre), "devops-sre");
  const standIn = await withPasskey(await makePerson("engineer", team.id));
  const delegation = await createDelegation(await inSession(team.security), {
    role: "security",
    teamId: team.id,
    toId: standIn.actor.id,
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + DAY).toISOString(),
  });
  await signByPasskey(id, standIn, "security", delegation);
  return id;
}

describe("a bundle", () => {
  test("holds the whole record, is whole, and is the same as long as the record is", async () => {
    const id = await storyWithEverything();
    const bundle = await bundleOf(team.auditor, id);
    await openRecord(team);
    expect((await bundleOf(team.engineer, id)).equals(bundle)).toBe(true);
    const { revision } = await load(id);
    const { text } = signingKey();
    for (const pin of [null, { key: text }, { fingerprint: fingerprintOf(signingKey()) }])
      expect(verdictOn(bundle, pin)).toMatchObject({
        verdict: "whole",
        manifest: { head: { seq: revision } },
      });
    expect(verdictOn(bundle, { fingerprint: "0".repeat(64) })).toMatchObject({
      verdict: "broken",
      code: "key",
    });
    expect(bundle.includes(PASSWORD)).toBe(false);
  });

  test("of a stand-in's signature shows that the passkey signed for whom", async () => {
    const verdict = verdictOn(await bundleOf(team.auditor, await storyWithEverything()));
    if (verdict.verdict !== "whole") throw new Error(verdict.message);
    const { data, actor } = verdict.events.at(-1) ?? {};
    const { manifest } = verdict;
    const { id: represented, delegation } = z
      .object({ id: z.string(), delegation: z.string() })
      .parse(data?.["for"]);
    const { nonce, clientData } = z
      .object({ nonce: z.string(), clientData: z.string() })
      .parse(data?.["assertion"]);
    const purpose = {
      kind: "sign" as const,
      deployment: manifest.deployment,
      role: "security",
      delegation,
      for: represented,
      decision: "approve" as const,
      digest: String(data?.["digest"]),
    };
    const challenge = sha256(canonicalText(challengeText(actor?.id ?? "", nonce, purpose)));
    expect(represented).toBe(team.security.id);
    expect(JSON.parse(Buffer.from(clientData, "base64url").toString())).toMatchObject({
      challenge: Buffer.from(challenge, "hex").toString("base64url"),
    });
  });

  test("holds what broke the glass", async () => {
    const id = await openRecord(team);
    await finishPhase(team, id, "pre-deployment");
    await requestBreakGlass(team.lead, { deploymentId: id, phase: "deployment", reason: "It is down." });
    const record = await load(id);
    const { request = 0, phase = "" } = record.breakGlass.at(-1) ?? {};
    const digest = breakGlassDigest(
      record,
      phase,
      allGateBlockers(record, phase, new Date().toISOString(), []),
    );
    const proof = { kind: "password" as const, password: PASSWORD };
    await confirmBreakGlass(team.security, { deploymentId: id, request, role: "security", digest, proof });
    expect(verdictOn(await bundleOf(team.lead, id))).toMatchObject({ verdict: "whole" });
  });

  test("is made for whoever sees the record, and names no other", async () => {
    const id = await openRecord(team);
    const stranger = (await makeTeam()).auditor;
    expect(await refusalOf(makeBundle(stranger, id))).toBe("not-found");
    expect(await refusalOf(makeBundle(team.lead, "00000000-0000-4000-8000-00000000000a"))).toBe("not-found");
  });

  test("is made by many at once, beside a record that goes on", async () => {
    const id = await openRecord(team);
    const [, ...bundles] = await Promise.all([
      finishPhase(team, id, "pre-deployment"),
      ...Array.from({ length: 8 }, async () => bundleOf(team.auditor, id)),
    ]);
    for (const bundle of bundles) expect(verdictOn(bundle)).toMatchObject({ verdict: "whole" });
  });
});

const EDIT = `WITH edited AS (
  SELECT stream_id, seq, replace(body, 'a.txt', 'b.txt') AS body FROM events WHERE stream_id = $1 AND seq = 2)
UPDATE events e SET body = d.body, hash = encode(sha256(convert_to(d.body, 'UTF8')), 'hex')
  FROM edited d WHERE e.stream_id = d.stream_id AND e.seq = d.seq`;

// Last, since what they leave is no history.
describe("what an owner of the database does shows in the bundle", () => {
  test.each([
    [
      "edits a file",
      "UPDATE files SET content = 'SEEN', sha256 = encode(sha256('SEEN'), 'hex') WHERE deployment_id = $1",
      "file",
      2,
    ],
    ["drops a file", "DELETE FROM files WHERE deployment_id = $1", "file", 2],
    ["edits an event and its hash", EDIT, "inclusion", 2],
  ])("%s", async (_title, sql, code, seq) => {
    const id = await openRecord(team);
    const bytes = new TextEncoder().encode("seen");
    await addFile(team.engineer, { deploymentId: id, item: "cdn", name: "a.txt", bytes });
    await sealHistory();
    const client = new Client({ connectionString: urlFor("superuser") });
    await client.connect();
    await client.query("ALTER TABLE events DISABLE TRIGGER ALL; SET session_replication_role = replica");
    await client.query(sql, [id]).finally(async () => client.end());
    expect(verdictOn(await bundleOf(team.lead, id))).toMatchObject({ verdict: "broken", code, seq });
  });
});
