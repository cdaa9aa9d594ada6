import { z } from "zod";

const origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    "Must be an origin, such as https://prometheus.example.com",
  );

/**
 * From origin to the Authorization header that live checks send there, and the names of the teams whose
 * checks do; `*` is every team. A header without teams is refused: whoever may name an address would use it.
 */
export const checkCredentials = z.record(
  origin,
  z.strictObject(
    { authorization: z.string().min(1), teams: z.union([z.literal("*"), z.array(z.string()).min(1)]) },
    'Must be {"authorization": "…", "teams": ["…"]}: a credential is bound to teams, or to "*"',
  ),
);

export type CheckCredentials = z.infer<typeof checkCredentials>;

/** What the checks of one team send, from origin to header. */
export function credentialsOf(all: CheckCredentials, team: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(all).flatMap(([to, { authorization, teams }]) =>
      teams === "*" || teams.includes(team) ? [[to, authorization]] : [],
    ),
  );
}
