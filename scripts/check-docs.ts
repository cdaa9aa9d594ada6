import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GENERATED } from "./docs/generated.ts";
import { ROOT } from "./runtime/paths.ts";

// Every path that a document names exists, and every generated document is up to date.
const MARKDOWN = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", ...markdownIn("docs")];
const PATH =
  /`((?:app|components|lib|prisma|scripts|test|e2e|docs|examples)\/[\w./()[\]-]*?)`|\]\(((?!https?:|#|mailto:)[^)\s]+)\)/g;
const problems = [...outdated(), ...missingPaths()];
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${MARKDOWN.length} documents, ${problems.length} problems\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

function outdated(): readonly string[] {
  return Object.entries(GENERATED)
    .filter(
      ([path, make]) => !existsSync(join(ROOT, path)) || readFileSync(join(ROOT, path), "utf8") !== make(),
    )
    .map(([path]) => `${path} is out of date: run npm run docs`);
}

function missingPaths(): readonly string[] {
  return MARKDOWN.flatMap((file) => {
    if (!existsSync(join(ROOT, file))) return [`${file} is missing`];
    const text = readFileSync(join(ROOT, file), "utf8");
    return [...text.matchAll(PATH)]
      .map((match) => (match[1] ?? match[2] ?? "").split("#")[0] ?? "")
      .filter(
        (path) => path !== "" && !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, file, "..", path)),
      )
      .map((path) => `${file} names ${path}, which does not exist`);
  });
}

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
}
