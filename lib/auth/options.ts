import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { Rejection } from "#lib/domain/rejection.ts";
import { env } from "#lib/env.ts";
import { endSession, SESSION_HOURS, signIn } from "#lib/services/sessions.ts";
import { findActor } from "./find-actor.ts";
import { sessionCookie } from "./session-cookie.ts";

/**
 * next-auth with sessions in the database: its token is an opaque value whose hash stands in
 * `sessions`, so that ending the row ends the session at once.
 */
export function authOptions(address: string): NextAuthOptions {
  return {
    secret: env().COUNTERSIGN_SECRET,
    pages: { signIn: "/sign-in" },
    session: { strategy: "jwt", maxAge: SESSION_HOURS * 3_600 },
    cookies: { sessionToken: sessionCookie() },
    providers: [
      Credentials({
        name: "e-mail and password",
        credentials: { email: {}, password: {} },
        async authorize(credentials) {
          const { email, password } = credentials ?? {};
          if (typeof email !== "string" || typeof password !== "string" || password.length > 1_000)
            return null;
          return authorize(email, password, address);
        },
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
      jwt: ({ token, user }) =>
        user && "sessionToken" in user ? { ...token, sessionToken: user.sessionToken } : token,
      session: ({ session, token }) => ({ expires: session.expires, user: { name: token.name } }),
    },
    events: {
      signOut: async ({ token }) => {
        const sessionToken = token?.["sessionToken"];
        if (typeof sessionToken === "string") await endSession(sessionToken);
      },
    },
  };
}

async function authorize(email: string, password: string, address: string) {
  try {
    const session = await signIn(email, password, address);
    return session === null ? null : { id: session.userId, sessionToken: session.token };
  } catch (error) {
    // next-auth passes an error's message on to the page as the reason.
    if (error instanceof Rejection) throw new Error(error.code, { cause: error });
    throw error;
  }
}
