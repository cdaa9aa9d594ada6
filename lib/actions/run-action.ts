import { randomUUID } from "node:crypto";
import { cookies, headers } from "next/headers";
import type { z } from "zod";
import { clientAddress } from "#lib/api/client-address.ts";
import type { Actor } from "#lib/domain/actor.ts";
import { valid } from "#lib/domain/inputs/valid.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { findActor } from "#lib/auth/find-actor.ts";
import { sessionCookie } from "#lib/auth/session-cookie.ts";
import { derivedId } from "#lib/services/derived-id.ts";
import { noteRefusedAccess } from "#lib/services/refused-access.ts";
import { env } from "#lib/env.ts";
import { logFault } from "#lib/log-fault.ts";
import type { ActionResult } from "./action-result.ts";

/**
 * How every server action runs: our own origin, who is it, a valid input, the verb; then an
 * answer that a screen can show. What nobody expected is logged with an id and named by it alone.
 */
export async function runAction<S extends z.ZodType, T>(
  schema: S,
  input: unknown,
  verb: (actor: Actor, input: z.infer<S>) => Promise<T>,
): Promise<ActionResult<T>> {
  try {
    await refuseForeignOrigin();
    return { ok: true, value: await carryOut(await signedIn(), schema, input, verb) };
  } catch (error) {
    return failure(error);
  }
}

/**
 * `runAction` for a verb that makes something: what a form sends again, since the answer was lost on its
 * way, it makes once. `once` names the form's tries; what was changed between them is another thing.
 */
export async function runOnce<S extends z.ZodType, T>(
  schema: S,
  input: unknown,
  once: unknown,
  verb: (actor: Actor, input: z.infer<S>, id: string) => Promise<T>,
): Promise<ActionResult<T>> {
  const named = typeof once === "string" ? once : randomUUID();
  const id = (actor: Actor) => derivedId(actor.id, named, JSON.stringify(input));
  return runAction(schema, input, async (actor, valid) => verb(actor, valid, id(actor)));
}

/** What a refusal or a fault looks like to a screen. */
export function failure(error: unknown): ActionResult<never> {
  if (error instanceof Rejection) {
    const { code, message, blockers, fields } = error;
    return { ok: false, code, message, blockers, fields };
  }
  const id = randomUUID();
  logFault(`fault ${id}`, error);
  return {
    ok: false,
    code: "fault",
    message: `Something went wrong on our side (${id}). Nothing was changed.`,
    blockers: [],
    fields: {},
  };
}

async function carryOut<S extends z.ZodType, T>(
  actor: Actor,
  schema: S,
  input: unknown,
  verb: (actor: Actor, input: z.infer<S>) => Promise<T>,
): Promise<T> {
  try {
    return await verb(actor, valid(schema, input));
  } catch (error) {
    await noteRefusedAccess(error, actor, clientAddress(await headers()));
    throw error;
  }
}

// The proxy refuses these first; this holds where no proxy stands in front.
async function refuseForeignOrigin(): Promise<void> {
  const origin = (await headers()).get("origin");
  if (origin === null || !env().COUNTERSIGN_ORIGIN.includes(origin)) {
    throw new Rejection("forbidden", "Writes are taken from the app's own pages only");
  }
}

async function signedIn(): Promise<Actor> {
  const token = (await cookies()).get(sessionCookie().name)?.value;
  const actor = token === undefined ? null : await findActor(token, clientAddress(await headers()));
  if (actor === null) throw new Rejection("signed-out", "Your session has ended");
  return actor;
}
