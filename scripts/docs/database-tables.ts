import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../runtime/paths.ts";

/** The tables and their references, from the Prisma schema. */
export function databaseTables(): string {
  const schema = readFileSync(join(ROOT, "prisma", "schema.prisma"), "utf8");
  const models = [...schema.matchAll(/((?:\/\/\/[^\n]*\n)*)model (\w+) \{\n([\s\S]*?)\n\}/g)].map(
    ([, comments = "", name = "", body = ""]) => ({
      name,
      comment: comments.replaceAll("///", "").replaceAll("\n", " ").trim(),
      table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name,
      references: [...body.matchAll(/^\s+\w+\s+(\w+)\??\s+@relation\([^)]*fields/gm)].map(
        (match) => match[1] ?? "",
      ),
    }),
  );
  const tableOf = (model: string) => models.find(({ name }) => name === model)?.table ?? model;
  const edges = new Set(
    models.flatMap(({ table, references }) =>
      references.map((target) => `  ${tableOf(target)} ||--o{ ${table} : ""`),
    ),
  );
  return [
    "# The tables",
    "",
    "From `prisma/schema.prisma`. What Prisma cannot say (checks, triggers, grants) stands in `prisma/migrations`.",
    "",
    "```mermaid",
    "erDiagram",
    ...edges,
    "```",
    "",
    "| table | what it is |",
    "| --- | --- |",
    ...models.map(({ table, comment }) => `| \`${table}\` | ${comment} |`),
    "",
  ].join("\n");
}
