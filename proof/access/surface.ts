import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Action } from "#lib/domain/policy.ts";
import { ENDPOINTS } from "#lib/api/endpoints.ts";
import { ROOT } from "#scripts/runtime/paths.ts";
import { allActionRows, type ActionRow } from "#test/support/action-rows.ts";
import { PAGES } from "./pages.ts";
import { OTHERWISE_GUARDED, ROUTES } from "./routes.ts";

/** What a way in asks of its caller, and whose roles count for it; `nothing` is there for nobody. */
export type Access = { readonly asks: Action | null; readonly about: ActionRow["about"] | "nothing" };

/** One way into the app: a page, a server action, an endpoint of the REST API or a route beside it. */
export type Entry = Access & {
  readonly kind: "page" | "action" | "endpoint" | "route";
  readonly name: string;
};

/** Endpoints whose address names no record. */
const GENERAL_ENDPOINTS: Readonly<Record<string, Access["about"]>> = {
  // Everybody has a list, if only an empty one.
  listDeployments: "oneself",
  listFreezes: "oneself",
  getDateConflicts: "oneself",
  createFreeze: "team",
  endFreeze: "team",
  exportEvents: "team",
  exportInsights: "team",
  openDeployment: "team",
  searchEvents: "team",
};

/** Every way in, as the code has it. Rejects what has no row, and a row without its way in. */
export async function surface(): Promise<readonly Entry[]> {
  const actions = await allActionRows();
  return [
    ...rowsFor("page", pagesInCode(), PAGES),
    ...rowsFor("action", actionsInCode(), actions),
    ...rowsFor(
      "endpoint",
      ENDPOINTS.map(({ id }) => id),
      endpointRows(),
    ),
    ...rowsFor("route", routesInCode(), ROUTES),
  ];
}

function rowsFor(
  kind: Entry["kind"],
  names: readonly string[],
  rows: Readonly<Record<string, Access>>,
): readonly Entry[] {
  const stray = Object.keys(rows).filter((name) => !names.includes(name));
  if (stray.length > 0) throw new Error(`no such ${kind}: ${stray.join(", ")}`);
  return names.map((name) => {
    const row = rows[name];
    if (row === undefined) throw new Error(`the ${kind} “${name}” has no row that says who may`);
    return { kind, name, asks: row.asks, about: row.about };
  });
}

function endpointRows(): Readonly<Record<string, Access>> {
  return Object.fromEntries(
    ENDPOINTS.flatMap(({ id, path, action }) => {
      const about = path.includes("{id}") ? "record" : GENERAL_ENDPOINTS[id];
      return about === undefined ? [] : [[id, { asks: action, about }]];
    }),
  );
}

function pagesInCode(): readonly string[] {
  return filesIn("app", "page.tsx");
}

function actionsInCode(): readonly string[] {
  return readdirSync(join(ROOT, "lib/actions"))
    .map((name) => readFileSync(join(ROOT, "lib/actions", name), "utf8"))
    .filter((source) => source.startsWith('"use server"'))
    .flatMap((source) => [...source.matchAll(/^export async function (\w+)/gm)].map(([, name = ""]) => name))
    .toSorted();
}

function routesInCode(): readonly string[] {
  return filesIn("app", "route.ts")
    .filter((folder) => OTHERWISE_GUARDED[folder] === undefined)
    .flatMap((folder) => {
      const source = readFileSync(join(ROOT, "app", folder, "route.ts"), "utf8");
      const methods = [...source.matchAll(/^export (?:async )?(?:function|const) ([A-Z]+)\b/gm)];
      return methods.map(([, method]) => `${method} ${folder}`);
    });
}

/** The folders under `folder` that hold a file of this name. */
function filesIn(folder: string, file: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path === file || path.endsWith(`/${file}`))
    .map((path) => path.slice(0, -file.length).replace(/\/$/, ""))
    .toSorted();
}
