import { readdirSync } from "node:fs";
import { basename } from "node:path";
import type { Actor } from "#lib/domain/actor.ts";
import type { Action } from "#lib/domain/policy.ts";
import type { RejectionCode } from "#lib/domain/rejection.ts";
import { contentDigest } from "#lib/db/content-digest.ts";
import { load, makePerson, makeTeam, openRecord, PASSWORD, toSignOff, type Team } from "./factories.ts";

type Person = Actor & { kind: "person" };

/** What the rows speak of: a team with its records, a record of others, an admin of all teams. */
export type ActionWorld = {
  readonly people: Readonly<Record<PersonName, Person>>;
  readonly team: Team;
  /** A record in its first phase, one that awaits its first signature, and another team's. */
  readonly fresh: string;
  readonly signing: string;
  readonly foreign: string;
};

export type PersonName = Exclude<keyof Team, "id" | "name"> | "admin";

/** What is wrong about a call, who makes it with what, and the code of its refusal. */
export type Refusal = readonly [
  what: string,
  by: PersonName,
  input: (world: ActionWorld) => unknown,
  code: RejectionCode,
];

export type ActionRow = {
  /** What the caller must be allowed, as the policy names it; null where no role is asked for. */
  readonly asks: Action | null;
  /** What it is about, which says whose roles count. */
  readonly about: "record" | "service" | "team" | "installation" | "oneself" | "anyone";
  /** A valid input; about this record, or its service, where it is about one. */
  readonly example: (world: ActionWorld, record: string) => unknown;
  /** Takes `ifRevision`, by which even whoever may can be kept from changing anything. */
  readonly takesRevision?: true;
  /** What the example gets from a rule, when that is a code which elsewhere means 'you may not'. */
  readonly ruleSays?: RejectionCode;
  readonly refusals: readonly Refusal[];
};

/** The server actions of one file in `lib/actions`, by name. */
export type ActionRows = Readonly<Record<string, ActionRow>>;

export async function makeActionWorld(): Promise<ActionWorld> {
  const team = await makeTeam();
  const others = await makeTeam();
  const signing = await openRecord(team);
  await toSignOff(team, signing);
  return {
    people: { ...team, admin: await makePerson("admin", null) },
    team,
    fresh: await openRecord(team),
    signing,
    foreign: await openRecord(others),
  };
}

/** The rows of every file in `test/http/actions`, each named like its file in `lib/actions`. */
export async function allActionRows(): Promise<ActionRows> {
  const files = readdirSync("test/http/actions").map((name) => basename(name, ".ts"));
  return Object.assign({}, ...(await Promise.all(files.map(rowsIn))));
}

/** An input about a record. */
export const on = (deploymentId: string, more: object = {}) => ({ deploymentId, ...more });

/** What a signer of Engineering Lead sends for a record as it stands. */
export async function signatureOn(id: string, more: object) {
  const digest = contentDigest(await load(id));
  return on(id, {
    role: "engineering-lead",
    digest,
    proof: { kind: "password", password: PASSWORD },
    ...more,
  });
}

export async function serviceOf(id: string): Promise<string> {
  return (await load(id)).service.id;
}

// Each of these files exports its `rows` by the type above, which `tsc` checks in the file itself.
async function rowsIn(file: string): Promise<ActionRows> {
  const { rows } = (await import(`../http/actions/${file}.ts`)) as { rows: ActionRows };
  return rows;
}
