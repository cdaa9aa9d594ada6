import { beforeAll, expect, test } from "vitest";
import { sessionCookie } from "#lib/auth/session-cookie.ts";
import { findActor } from "#lib/auth/find-actor.ts";
import { whileAllowed } from "#lib/api/while-allowed.ts";
import { grantRole, revokeRole } from "#lib/services/roles.ts";
import { createSession, endSession } from "#lib/services/sessions.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { inSession, makePerson, makeTeam, type Team } from "#test/support/factories.ts";

let team: Team;
let admin: Actor;

beforeAll(async () => {
  team = await makeTeam();
  admin = await inSession(await makePerson("admin", null));
});

/** A download that never ends, and the session of whoever reads it. */
async function download(person: { readonly id: string }) {
  const token = await createSession(person.id, "password", { address: "127.0.0.1", agent: null });
  const actor = await findActor(token);
  if (actor === null) throw new Error("there is no session");
  const headers = { cookie: `${sessionCookie().name}=${token}` };
  const request = new Request("http://localhost:3000/api/v1/events/export", { headers });
  const endless = new ReadableStream<Uint8Array>(
    { pull: (controller) => controller.enqueue(new Uint8Array([1])) },
    { highWaterMark: 0 },
  );
  const { body } = whileAllowed(new Response(endless), request, actor);
  if (body === null) throw new Error("there is no body");
  return { token, reader: body.getReader() };
}

/** Reads on, a little at a time; how long it goes on is for whoever gives the leave to say. */
async function readOn(reader: ReadableStreamDefaultReader<Uint8Array>, times: number): Promise<void> {
  for (let read = 0; read < times; read += 1) {
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("a download goes on with its session and its roles, and breaks off without them", async () => {
  const [signedOut, lostRole, stays] = [
    await download(team.lead),
    await download(team.engineer),
    await download(team.product),
  ];
  await grantRole(admin, { personId: team.product.id, role: "security", teamId: team.id });
  await readOn(stays.reader, 12);
  await endSession(signedOut.token, null);
  await expect(readOn(signedOut.reader, 30)).rejects.toMatchObject({ code: "signed-out" });
  await revokeRole(admin, { personId: team.engineer.id, role: "engineer", teamId: team.id });
  await expect(readOn(lostRole.reader, 30)).rejects.toMatchObject({ code: "signed-out" });
  await stays.reader.cancel();
});
