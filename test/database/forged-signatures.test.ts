import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { DeploymentEvent, EventDraft } from "#lib/domain/events.ts";
import { findActor } from "#lib/auth/find-actor.ts";
import { changeDeployment } from "#lib/db/change-deployment.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { pool } from "#lib/db/pool.ts";
import { challengeText } from "#lib/domain/proof.ts";
import { canonicalText, sha256 } from "#lib/proof/canonical-json.ts";
import { grantApproval } from "#lib/services/approvals.ts";
import { changeDetails } from "#lib/services/deployments.ts";
import { addPasskey, askToEnrol } from "#lib/services/passkeys.ts";
import { askToSign } from "#lib/services/proof.ts";
import { signIn } from "#lib/services/sign-in.ts";
import { verifyHistory } from "#lib/services/verify-history.ts";
import {
  emailOf,
  load,
  makeTeam,
  openRecord,
  PASSWORD,
  toSignOff,
  type Team,
} from "#test/support/factories.ts";
import { bundleOf, flawOf, verdictOn } from "#test/support/verdicts.ts";
import { SoftwarePasskey } from "#test/support/software-passkey.ts";

// What somebody with the app's own database role can write: the app's own statement, with an event of theirs.
const ORIGIN = "http://localhost:3000";
const STEPS = { approvals: [{ role: "security" as const }, { role: "product" as const }] };

async function forge(team: Team, id: string, draft: EventDraft): Promise<void> {
  await changeDeployment(team.security, { deploymentId: id }, "deployment.view", () => [() => [draft]]);
}

/** Security approves by a passkey; answers with the event. */
async function approveByPasskey(team: Team, id: string) {
  const session = await signIn(await emailOf(team.security), PASSWORD, "192.0.2.7");
  const actor = await findActor(session?.token ?? "", "192.0.2.7");
  if (actor === null) throw new Error("no session");
  const passkey = new SoftwarePasskey();
  const request = await askToEnrol(actor, { origin: ORIGIN });
  await addPasskey(actor, { challengeId: request.challengeId, name: "Key", answer: passkey.make(request) });
  const ref = { deploymentId: id, role: "security" as const, digest: contentDigest(await load(id)) };
  const asked = await askToSign(actor, { ...ref, decision: "approve", origin: ORIGIN });
  const proof = { kind: "passkey" as const, challengeId: asked.challengeId, answer: passkey.answer(asked) };
  await grantApproval(actor, { ...ref, proof, comment: null });
  const { rows } = await pool().query<{ body: string }>(
    "SELECT body FROM events WHERE stream_id = $1 AND type = 'approval.granted'",
    [id],
  );
  const event = JSON.parse(rows[0]?.body ?? "") as DeploymentEvent;
  if (event.type !== "approval.granted") throw new Error("nothing was signed");
  return event;
}

/** Security's approval by a passkey of somebody's, as its event tells it. */
async function approvalBy(passkey: SoftwarePasskey, team: Team, id: string): Promise<EventDraft> {
  const { signOffRound: round } = await load(id);
  const digest = contentDigest(await load(id));
  const nonce = "0123456789abcdef";
  const statement = { deployment: id, role: "security", decision: "approve" as const, digest };
  const text = challengeText(team.security.id, nonce, { kind: "sign", ...statement });
  const challenge = Buffer.from(sha256(canonicalText(text)), "hex").toString("base64url");
  const { response } = passkey.answer({ challengeId: "", options: { challenge, rpId: "localhost" } });
  const { clientDataJSON: clientData, authenticatorData, signature } = response;
  const assertion = { passkey: randomUUID(), name: "Key", nonce, publicKey: passkey.publicKey };
  return {
    type: "approval.granted",
    data: {
      role: "security",
      roleTitle: "Security",
      meaning: "I approve this deployment as Security.",
      round,
      digest,
      proof: "passkey",
      comment: null,
      assertion: { ...assertion, clientData, authenticatorData, signature },
    },
  };
}

test("a passkey's answer over what was voided counts for nothing else", async () => {
  const team = await makeTeam();
  const id = await openRecord(team, STEPS);
  await toSignOff(team, id);
  const { data } = await approveByPasskey(team, id);
  await changeDetails(team.lead, { deploymentId: id, version: "6.6.6", commit: "badc0de" });
  const { signOffRound, revision } = await load(id);
  expect(await flawOf(id)).toBeNull();
  await forge(team, id, { type: "approval.granted", data: { ...data, round: signOffRound } });
  expect(await flawOf(id)).toMatchObject({
    seq: revision + 1,
    message: "it signs another content than the record had",
  });
  expect(verdictOn(await bundleOf(team.auditor, id))).toMatchObject({
    verdict: "broken",
    code: "assertion",
    seq: revision + 1,
  });
});

test("a passkey's answer that is none is one in no verification", async () => {
  const team = await makeTeam();
  const id = await openRecord(team, STEPS);
  await toSignOff(team, id);
  const { signOffRound: round, revision, ...record } = await load(id);
  const assertion = {
    passkey: randomUUID(),
    name: "Key",
    nonce: "x",
    publicKey: "AA",
    clientData: "AA",
    authenticatorData: "AA",
    signature: "AA",
  };
  const digest = contentDigest({ ...record, revision, signOffRound: round });
  const said = {
    role: "security" as const,
    roleTitle: "Security",
    meaning: "I approve this deployment as Security.",
  };
  await forge(team, id, {
    type: "approval.granted",
    data: { ...said, round, digest, proof: "passkey", assertion, comment: null },
  });
  expect(await flawOf(id)).toMatchObject({ seq: revision + 1 });
});

test("a passkey that nobody enrolled signs for nobody", async () => {
  const team = await makeTeam();
  const [signed, forged] = [await openRecord(team, STEPS), await openRecord(team, STEPS)];
  await toSignOff(team, signed);
  await approveByPasskey(team, signed);
  await toSignOff(team, forged);
  const { revision } = await load(forged);
  await forge(team, forged, await approvalBy(new SoftwarePasskey(), team, forged));
  expect(await flawOf(signed)).toBeNull();
  expect(await flawOf(forged)).toMatchObject({
    seq: revision + 1,
    message: "it is signed with a passkey that was not its signer's then",
  });
});

test("nobody signs as a role that they never held, whatever a table said in between", async () => {
  const team = await makeTeam();
  const id = await openRecord(team, { approvals: [{ role: "product" }] });
  await toSignOff(team, id);
  const { revision, signOffRound: round } = await load(id);
  const digest = contentDigest(await load(id));
  const said = { roleTitle: "Product", meaning: "I approve this deployment as Product.", round, digest };
  const data = { role: "product" as const, ...said, proof: "password" as const, comment: null };
  await pool().query(
    "INSERT INTO role_grants (id, user_id, role, team_id, granted_at) VALUES ($1, $2, 'product', $3, now())",
    [randomUUID(), team.security.id, team.id],
  );
  await forge(team, id, { type: "approval.granted", data });
  await pool().query("DELETE FROM role_grants WHERE user_id = $1 AND role = 'product'", [team.security.id]);
  expect(await flawOf(id)).toMatchObject({
    seq: revision + 1,
    message: "it is signed as product, which its signer was not then",
  });
});

test("an event that tells nothing is named, and what others hide is found all the same", async () => {
  const team = await makeTeam();
  const [id, other] = [await openRecord(team), await openRecord(team)];
  await pool().query("UPDATE deployments SET version = 'v6.6.6' WHERE id = $1", [other]);
  const { revision, head } = await headOf(id);
  const body = JSON.stringify({
    actor: { id: team.lead.id, kind: "person", name: team.lead.name },
    at: new Date().toISOString(),
    data: {},
    format: 1,
    prev: head,
    seq: revision + 1,
    stream: id,
    type: "items.due-set",
  });
  await pool().query(
    `WITH event AS (INSERT INTO events (stream_id, seq, body, hash) VALUES ($1, $2, $3, $4) RETURNING hash)
     UPDATE deployments SET revision = $2, head_hash = (SELECT hash FROM event) WHERE id = $1`,
    [id, revision + 1, body, sha256(body)],
  );
  const { flaws } = await verifyHistory();
  expect(flaws).toContainEqual(expect.objectContaining({ stream: id, seq: revision + 1 }));
  expect(flaws).toContainEqual(expect.objectContaining({ stream: other, seq: null }));
});

async function headOf(id: string) {
  const { rows } = await pool().query<{ revision: number; head: string }>(
    "SELECT revision, head_hash AS head FROM deployments WHERE id = $1",
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("no record");
  return row;
}
