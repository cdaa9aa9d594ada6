import type { Actor } from "#lib/domain/actor.ts";
import { ROLE_TITLES, ROLES, type Role } from "#lib/domain/roles.ts";
import { SCOPES_FOR } from "#lib/domain/token-scopes.ts";
import { expected, type Outcome } from "../../proof/access/expected.ts";
import { OTHERWISE_GUARDED } from "../../proof/access/routes.ts";
import { surface, type Entry } from "../../proof/access/surface.ts";

const [OWN, OTHER] = ["own", "other"];

const KINDS: readonly (readonly [Entry["kind"], string, string])[] = [
  ["page", "Pages", "A page says ‘not found’ both of what one may not see and of what one may not do."],
  ["action", "Server actions", "Called from our own pages, with a session; a token is nobody here."],
  [
    "endpoint",
    "Endpoints",
    "With a session, or with a token of one of the scopes named: it acts with its person's roles.",
  ],
  ["route", "Routes beside the API", "What the pages, monitors and pipelines fetch besides."],
];

/** Every way in × every role, as the policy table and the contract say it; `proof/12-access.ts` asks each cell. */
export async function accessMatrix(): Promise<string> {
  const entries = await surface();
  return [
    "# Who gets in where",
    "",
    "Every page, server action, endpoint and route, from the code; what each answers, from the policy. ● is through to what the rules of the record say, 403 ‘your roles do not allow this’, 404 ‘there is no such thing’. The columns are for a role held on the team that it is about, or on all teams; the last two for every role held on another team, and for whoever is not signed in or whose session or token has ended. ‘As there’ says that it is about their own team, as their own column has it. A refusal changes nothing, and is the same in every state of a record.",
    ...KINDS.flatMap(([kind, title, note]) => [
      "",
      `## ${title}`,
      "",
      note,
      "",
      ...tableOf(entries.filter((entry) => entry.kind === kind)),
    ]),
    "",
    "## Guarded otherwise",
    "",
    ...Object.entries(OTHERWISE_GUARDED).map(([route, by]) => `- \`${route}\`: ${by}`),
    "",
  ].join("\n");
}

function tableOf(entries: readonly Entry[]): readonly string[] {
  const heads = ["way in", "asks", ...ROLES.map((role) => ROLE_TITLES[role]), "another team's", "signed out"];
  return [
    `| ${heads.join(" | ")} |`,
    `| --- | --- |${" :-: |".repeat(ROLES.length + 2)}`,
    ...entries.map((entry) => `| ${cellsOf(entry).join(" | ")} |`),
  ];
}

function cellsOf(entry: Entry): readonly string[] {
  const elsewhere = new Set(ROLES.map((role) => sign(entry, expected(entry, holder(role, OTHER), OWN))));
  return [
    `\`${entry.name === "" ? "/" : entry.name.replaceAll(/\/?\((?:app|past|record)\)/g, "").replace(/^\//, "")}\``,
    asked(entry),
    ...ROLES.map((role) => sign(entry, expected(entry, holder(role, isForAll(entry) ? null : OWN), OWN))),
    elsewhere.size === 1 ? [...elsewhere].join() : "as there",
    sign(entry, expected(entry, null, OWN)),
  ];
}

function asked({ kind, asks, about }: Entry): string {
  if (asks === null) return about === "anyone" || about === "nothing" ? "nothing" : "a session";
  const scopes = kind === "endpoint" ? `, scope ${SCOPES_FOR[asks].join(" or ")}` : "";
  return `\`${asks}\`${isForAll({ about }) ? " on all teams" : ""}${scopes}`;
}

function isForAll({ about }: Pick<Entry, "about">): boolean {
  return about === "installation";
}

function sign({ kind }: Entry, outcome: Outcome): string {
  switch (outcome) {
    case "through":
      return "●";
    case "signed-out":
      return kind === "page" ? "to sign-in" : "401";
    case "not-found":
      return "404";
    case "forbidden":
      return kind === "page" ? "404" : "403";
  }
}

function holder(role: Role, teamId: string | null | undefined): Actor {
  return { kind: "person", id: "", name: "", grants: [{ role, teamId: teamId ?? null }] };
}
