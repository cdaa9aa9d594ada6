import { now } from "#lib/clock.ts";
import { findActor } from "#lib/auth/find-actor.ts";
import { prisma } from "#lib/db/prisma.ts";
import { canonicalOrigin } from "#lib/env.ts";
import { makeCalendarAddress } from "#lib/services/calendar-address.ts";
import { addWebhook } from "#lib/services/webhooks.ts";
import { makeRecoveryCodes } from "#lib/services/recovery-codes.ts";
import { makeRecoveryLink } from "#lib/services/recovery-links.ts";
import { beginTotp, confirmTotp } from "#lib/services/totp-factor.ts";
import { totpFor } from "#lib/services/totp.ts";
import { createToken } from "#lib/services/tokens.ts";
import { callAction } from "#test/support/action-client.ts";
import type { ActionWorld } from "#test/support/action-rows.ts";
import { callApi } from "#test/support/api-client.ts";
import { inSession, emailOf, makePerson } from "#test/support/factories.ts";
import { someAddress } from "#test/support/some-address.ts";
import { trySignIn } from "#test/support/sign-in-client.ts";
import { SESSION_COOKIE, sessionOf } from "../support/sessions.ts";
import type { Canaries } from "./canaries.ts";

type Answered = { readonly where: string; readonly text: string };

/**
 * Secrets that hold, from when they are made until they are used: a password, a session, one-time codes,
 * recovery codes, a link, an API token, a calendar's address, a webhook's address and key. The answers that hand a secret over, once, are not among those given back.
 */
export async function livesOfSecrets(
  { mint, keep }: Canaries,
  { people, team }: ActionWorld,
): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  const act = async (name: string, input: unknown, cookie: string | null) => {
    const { status, code, body } = await callAction(name, input, cookie);
    answers.push({ where: `${name}, which holds (${status} ${code})`, text: body });
    return code;
  };
  const admin = await actorOf(keep("session", await sessionOf(people.admin)));
  const person = await makePerson("engineer", team.id);
  const [first, second, third] = [mint("password"), mint("password"), mint("password")];
  await act("setPasswordAction", { personId: person.id, password: first }, admin.cookie);
  const email = await emailOf(person);
  const signIn = async (password: string) =>
    trySignIn("credentials", { email, password }, { address: someAddress() });
  const signedIn = await signIn(first);
  const session = signedIn.cookies.find((each) => each.startsWith(`${SESSION_COOKIE}=`))?.split("=")[1];
  if (session === undefined) throw new Error("the proof's person could not sign in");
  const owner = await actorOf(keep("session", session));
  await act("changeOwnPasswordAction", { current: first, password: second }, owner.cookie);
  await act("stepUpAction", { proof: { kind: "password", password: second } }, owner.cookie);
  const token = keep("API token", await createToken(owner.actor, { name: "x", scopes: ["read"], days: 1 }));
  const calendar = keep("calendar address", await makeCalendarAddress(owner.actor));
  const read = await fetch(`${canonicalOrigin()}/api/calendar/${calendar}.ics`);
  answers.push({ where: "a calendar address that holds", text: await read.text() });
  await livesOfWebhooks({ mint, keep }, team, act);
  const listed = await callApi(token, "GET", "/deployments");
  answers.push({ where: "an API token that holds", text: listed.text });
  const { secret } = await beginTotp(owner.actor);
  keep("secret of one-time codes", secret);
  await confirmTotp(owner.actor, { code: totpFor(secret, "").generate({ timestamp: Date.parse(now()) }) });
  const [code = ""] = (await makeRecoveryCodes(owner.actor)).map((each) => keep("recovery code", each));
  const pending = await signIn(second);
  answers.push({ where: "the first step of signing in", text: pending.body });
  const cookie = pending.cookies.find((each) => each.startsWith("countersign.pending=")) ?? "";
  keep("first step of signing in", cookie.split("=")[1] ?? "");
  const proof = JSON.stringify({ kind: "recovery-code", code });
  const finished = await trySignIn("second-factor", { proof }, { cookie, address: someAddress() });
  answers.push({ where: "the second step of signing in", text: finished.body });
  const link = await makeRecoveryLink(admin.actor, { personId: person.id, dropsFactors: true });
  await act("recoverAccountAction", { token: keep("recovery link", link), password: third }, null);
  return answers;
}

// The address is a secret as well as the key; the test of it fails, since nobody listens there.
async function livesOfWebhooks(
  { mint, keep }: Pick<Canaries, "mint" | "keep">,
  { id: teamId, lead }: ActionWorld["team"],
  act: (name: string, input: unknown, cookie: string) => Promise<unknown>,
): Promise<void> {
  const url = `http://127.0.0.1:9/${mint("path of a webhook")}`;
  const hook = { teamId, kind: "signed" as const, name: "hook", url, news: ["turn" as const] };
  keep("key of a webhook", (await addWebhook(await inSession(lead), hook)) ?? "");
  const { id: webhookId } = await prisma().teamWebhook.findFirstOrThrow({ where: { teamId, name: "hook" } });
  const { cookie } = await actorOf(await sessionOf(lead));
  await act("testWebhookAction", { webhookId }, cookie);
  await act("changeWebhookAction", { webhookId, name: "hook again", news: ["turn"], url }, cookie);
}

async function actorOf(session: string) {
  const actor = await findActor(session, "127.0.0.1");
  if (actor === null) throw new Error("the proof's session has ended");
  return { actor, cookie: `${SESSION_COOKIE}=${session}` };
}
