import { randomUUID } from "node:crypto";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { email as emailInput } from "#lib/domain/inputs/people.ts";
import { secondFactorInput } from "#lib/domain/inputs/proof.ts";
import { valid } from "#lib/domain/inputs/valid.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { SESSION_HOURS } from "#lib/domain/session-limits.ts";
import { env } from "#lib/env.ts";
import { endSession, type Place } from "#lib/services/sessions.ts";
import { finishSignIn, signIn, type SignIn } from "#lib/services/sign-in.ts";
import { logFault } from "#lib/log-fault.ts";
import { findActor } from "./find-actor.ts";
import { forgeryCookie, returnCookie } from "./next-auth-cookies.ts";
import { sessionCookie } from "./session-cookie.ts";

/** One request to next-auth: from where, with what the browser keeps of steps done before, and what it is to keep now. */
export type SignInRequest = {
  readonly place: Place;
  readonly pendingToken: string | null;
  readonly devices: string | null;
  readonly keepPending: (token: string) => void;
  readonly keepDevices: (devices: string) => void;
};

/**
 * next-auth with sessions in the database: its token is an opaque value whose hash stands in
 * `sessions`, so that ending the row ends the session at once.
 */
export function authOptions(request: SignInRequest): NextAuthOptions {
  return {
    secret: env().COUNTERSIGN_SECRET,
    pages: { signIn: "/sign-in" },
    session: { strategy: "jwt", maxAge: SESSION_HOURS * 3_600 },
    cookies: { sessionToken: sessionCookie(), csrfToken: forgeryCookie(), callbackUrl: returnCookie() },
    providers: [
      Credentials({
        id: "credentials",
        name: "e-mail and password",
        credentials: { email: {}, password: {} },
        authorize: async (given) => answering(async () => firstStep(given, request)),
      }),
      Credentials({
        id: "second-factor",
        name: "second factor",
        credentials: { proof: {} },
        authorize: async (given) => answering(async () => secondStep(given, request)),
      }),
    ],
    jwt: {
      encode: async ({ token }) => (typeof token?.["sessionToken"] === "string" ? token["sessionToken"] : ""),
      decode: async ({ token }) => {
        const actor = token === undefined || token === "" ? null : await findActor(token);
        return actor === null ? null : { sub: actor.id, name: actor.name, sessionToken: token };
      },
    },
    callbacks: {
      // Our page goes where the person was going; next-auth would fail at an address that is none.
      redirect: ({ baseUrl }) => baseUrl,
      jwt: ({ token, user }) =>
        user && "sessionToken" in user ? { ...token, sessionToken: user.sessionToken } : token,
      session: ({ session, token }) => ({ expires: session.expires, user: { name: token.name } }),
    },
    events: {
      signOut: async ({ token }) => {
        const sessionToken = token?.["sessionToken"];
        if (typeof sessionToken === "string") await endSession(sessionToken, request.place.address);
      },
    },
  };
}

type Given = Partial<Record<string, unknown>> | undefined;

async function firstStep(given: Given, request: SignInRequest): Promise<SignIn | null> {
  const { place, devices, keepPending, keepDevices } = request;
  const { password } = given ?? {};
  const email = emailInput.safeParse(given?.["email"]);
  if (!email.success || typeof password !== "string" || password.length > 1_000) return null;
  const answer = await signIn(email.data, password, place.address, place.agent, devices);
  if (answer?.state === "signed-in") keepDevices(answer.devices);
  if (answer?.state !== "second-factor") return answer;
  keepPending(answer.token);
  throw new Rejection("second-factor-required", "Now the second factor");
}

async function secondStep(given: Given, request: SignInRequest): Promise<SignIn> {
  const { place, pendingToken, devices, keepDevices } = request;
  const { proof } = given ?? {};
  if (typeof proof !== "string" || pendingToken === null)
    throw new Rejection("sign-in-over", "Begin again with your password");
  const done = await finishSignIn(pendingToken, valid(secondFactorInput, jsonFrom(proof)), place, devices);
  keepDevices(done.devices);
  return done;
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// next-auth passes an error's message on to whoever asked, as the reason: nobody's words but ours.
async function answering(step: () => Promise<SignIn | null>) {
  try {
    const session = await step();
    return session === null ? null : { id: session.userId, sessionToken: session.token };
  } catch (error) {
    if (error instanceof Rejection) throw new Error(error.code, { cause: error });
    logFault(`fault ${randomUUID()} at sign-in`, error);
    throw new Error("fault", { cause: error });
  }
}
