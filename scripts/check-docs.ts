import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GENERATED } from "./docs/generated.ts";
import { settingsProblems } from "./docs/settings.ts";
import { promiseFiles } from "./proof/promise.ts";
import { RECORD, recordedRows } from "./proof/record.ts";
import { ROOT } from "./runtime/paths.ts";

// Every path that a document names exists, every generated document is up to date, every promise has
// its figures, and every setting its place.
const ROOT_FILES = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"];
const MARKDOWN = [...ROOT_FILES, ...markdownIn("docs")];
const PATH =
  /`((?:app|components|lib|prisma|proof|scripts|test|e2e|docs|examples)\/[\w./()[\]-]*?)`|\]\(((?!https?:|#|mailto:)[^)\s]+)\)/g;
const problems = [
  ...(await outdated()),
  ...missingPaths(),
  ...promisesWithoutFigures(),
  ...settingsProblems(),
];
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${MARKDOWN.length} documents, ${problems.length} problems\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

async function outdated(): Promise<readonly string[]> {
  const old: string[] = [];
  for (const [path, make] of Object.entries(GENERATED)) {
    const file = join(ROOT, path);
    if (!existsSync(file) || readFileSync(file, "utf8") !== (await make()))
      old.push(`${path} is out of date: run npm run docs`);
  }
  return old;
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

// That each row names an existing file is checked with every other path.
function promisesWithoutFigures(): readonly string[] {
  const recorded = new Set(recordedRows().map(({ number }) => number));
  return [...promiseFiles()]
    .filter(([number]) => !recorded.has(number))
    .map(([number, file]) => `${RECORD} has no row for ${file}: run npm run proof -- ${number}`);
}

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
}
