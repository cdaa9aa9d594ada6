import { beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db/prisma.ts";
import { addComment, deleteComment, editComment } from "#lib/services/comments.ts";
import { addEvidence, overruleVerdict } from "#lib/services/evidence.ts";
import { endOwnSession } from "#lib/services/sessions.ts";
import { createToken, revokeToken } from "#lib/services/tokens.ts";
import { addWebhook, changeWebhook, renewWebhookSecret } from "#lib/services/webhooks.ts";
import { testWebhook } from "#lib/services/test-webhook.ts";
import { inSession, makeTeam, openRecord, refusalOf, type Team } from "#test/support/factories.ts";

let team: Team;
let others: Team;

beforeAll(async () => {
  [team, others] = [await makeTeam(), await makeTeam()];
});

test("somebody's token and session are ended by nobody else who is no admin of all teams", async () => {
  const owner = await inSession(team.engineer);
  await createToken(owner, { name: "ci", scopes: ["read"], days: 1 });
  const { id: tokenId } = await prisma().apiToken.findFirstOrThrow({ where: { userId: owner.id } });
  for (const stranger of [team.lead, team.engineer2, others.lead]) {
    expect(await refusalOf(revokeToken(stranger, { tokenId }))).toBe("not-found");
    expect(await refusalOf(endOwnSession(stranger, { sessionId: owner.session.id }))).toBe("not-found");
  }
  expect(await prisma().apiToken.findUniqueOrThrow({ where: { id: tokenId } })).toMatchObject({
    revokedAt: null,
  });
  expect(await prisma().session.findUniqueOrThrow({ where: { id: owner.session.id } })).toMatchObject({
    revokedAt: null,
  });
});

test("another team's webhook is there for nobody, in the words for one that never was", async () => {
  const lead = await inSession(team.lead);
  const hook = { name: "Chat", url: "https://hooks.example.com/1", news: ["turn" as const] };
  await addWebhook(lead, { teamId: team.id, kind: "signed", ...hook });
  const { id: webhookId } = await prisma().teamWebhook.findFirstOrThrow({ where: { teamId: team.id } });
  const stranger = await inSession(others.lead);
  const answers = async (id: string) =>
    Promise.all(
      [
        changeWebhook(stranger, { webhookId: id, name: "Mine" }),
        renewWebhookSecret(stranger, { webhookId: id }),
        testWebhook(stranger, { webhookId: id }),
      ].map(async (call) => call.catch((error: unknown) => String(error))),
    );
  expect(await answers(webhookId)).toEqual(await answers(team.id));
  expect(await answers(webhookId)).not.toContain(undefined);
});

test("what stands on one record is not found by way of another", async () => {
  const [mine, theirs] = [await openRecord(team), await openRecord(others)];
  const evidenceId = await addEvidence(others.engineer, {
    deploymentId: theirs,
    item: "cdn",
    content: { kind: "note", text: "Seen" },
  });
  const said = { item: null, text: "Seen.", mentions: [] };
  const commentId = await addComment(others.engineer, { deploymentId: theirs, ...said });
  const ref = { deploymentId: mine, commentId };
  const reason = "It is fine";
  expect(await refusalOf(overruleVerdict(team.lead, { deploymentId: mine, evidenceId, reason }))).toBe(
    "not-found",
  );
  expect(await refusalOf(deleteComment(team.lead, ref))).toBe("not-found");
  expect(await refusalOf(editComment(team.lead, { ...ref, text: "Mine.", mentions: [] }))).toBe("not-found");
});
