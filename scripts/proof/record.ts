import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../runtime/paths.ts";
import type { Figures, Shown } from "./promise.ts";

export const RECORD = "docs/promises.md";

export type RecordRow = { readonly number: number; readonly size: string; readonly text: string };

const HEADER = `# Promises, and the figures that show them

Each row is what its command printed last, written by that command and by nobody else. \`npm run proof\` lists the promises; \`npm test\` shows each at its CI size on every run.

| promise | in words | size | figures | took | on | command |
| --- | --- | --- | --- | --- | --- | --- |
`;
const ROW = /^\| \[(\d+)\]\(\.\.\/proof\/[\w-]+\.ts\) \| [^|]* \| (CI|long): /;

export type Run = {
  readonly size: "ci" | "long";
  readonly figures: Figures;
  readonly seconds: number;
  readonly day: string;
};

/** Puts a run's row in place of the one before it, in the order of the promises. */
export function recordRun(promise: Shown, run: Run): void {
  const path = join(ROOT, RECORD);
  const size = run.size === "ci" ? "CI" : "long";
  const text = rowOf(promise, run, size);
  const others = recordedRows().filter((row) => row.number !== promise.number || row.size !== size);
  const rows = [...others, { number: promise.number, size, text }].toSorted(
    (a, b) => a.number - b.number || a.size.localeCompare(b.size),
  );
  writeFileSync(path, `${HEADER}${rows.map((row) => row.text).join("\n")}\n`);
}

/** The rows of the record as it stands. */
export function recordedRows(): readonly RecordRow[] {
  const path = join(ROOT, RECORD);
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((text) => {
      const [, number, size] = ROW.exec(text) ?? [];
      return number === undefined || size === undefined ? [] : [{ number: Number(number), size, text }];
    });
}

export function figuresText(figures: Figures): string {
  return Object.entries(figures)
    .map(([name, value]) =>
      name === "seed"
        ? `seed ${value}`
        : `${typeof value === "number" ? value.toLocaleString("en-GB") : value} ${name}`,
    )
    .join(", ");
}

function rowOf({ number, file, title, sizes }: Shown, run: Run, size: string): string {
  const cells = [
    `[${number}](../proof/${basename(file)})`,
    title,
    `${size}: ${sizes[run.size].toLocaleString("en-GB")} ${sizes.unit}`,
    figuresText(run.figures),
    `${run.seconds.toFixed(0)} s`,
    run.day,
    `\`npm run proof -- ${number}${run.size === "ci" ? "" : " --size long"}\``,
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "/")).join(" | ")} |`;
}
