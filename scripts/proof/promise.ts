import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "../runtime/paths.ts";

/** What a run counted, by name, in the order shown. */
export type Figures = Readonly<Record<string, number | string>>;

/** Says a line of progress. */
export type Report = (line: string) => void;

const shape = z.object({
  /** The promise in words. */
  title: z.string().min(1),
  /** How many units `npm test` shows, and how many the long run. */
  sizes: z.object({ unit: z.string().min(1), ci: z.number().int(), long: z.number().int() }),
  /** Shows the promise, or throws with the first counter-example. The same seed makes the same run. */
  run: z.custom<(size: number, report: Report, seed: number) => Promise<Figures>>(
    (value) => typeof value === "function",
  ),
});

export type Shown = z.infer<typeof shape> & { readonly number: number; readonly file: string };

const NAME = /^(\d\d)-[a-z0-9-]+\.ts$/;

/** The files of `proof`, by the number of their promise, lowest first. */
export function promiseFiles(): ReadonlyMap<number, string> {
  const names = readdirSync(join(ROOT, "proof"), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted();
  return new Map(
    names.map((name) => {
      const number = Number(NAME.exec(name)?.[1]);
      if (!(number > 0)) throw new Error(`proof/${name} is named like no promise: 03-durable.ts`);
      return [number, `proof/${name}`];
    }),
  );
}

/** Loads a promise's file. Rejects when it does not export `title`, `sizes` and `run`. */
export async function loadPromise(number: number, file: string): Promise<Shown> {
  return { ...shape.parse(await import(join(ROOT, file))), number, file };
}
