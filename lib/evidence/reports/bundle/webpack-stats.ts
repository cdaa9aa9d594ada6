import { z } from "zod";

export type BundleReport = {
  readonly assets: readonly Asset[];
  /** Errors of the build itself. */
  readonly errors: number;
};
type Asset = {
  readonly name: string;
  readonly size: number;
  /** Whether it kept its own limit, where it has one. */
  readonly passed?: boolean | undefined;
  /** Whether the name is a person's, and tells nothing of the kind of file. */
  readonly named?: boolean;
};
type Stats = { readonly assets?: Asset[]; readonly children?: Stats[]; readonly errors: unknown[] };

const stats: z.ZodType<Stats> = z.object({
  assets: z.array(z.object({ name: z.string(), size: z.number().min(0) })).optional(),
  children: z.lazy(() => z.array(stats)).optional(),
  errors: z.array(z.unknown()).default([]),
});

/** Stats of webpack or Rspack, of one configuration or of several. */
export const webpackStats = stats
  .refine(({ assets, children }) => assets !== undefined || children !== undefined)
  .transform(reportOf);

// A child compilation's files are its parent's too; configurations side by side share none.
function reportOf({ assets = [], children = [], errors }: Stats): BundleReport {
  const own = new Set(assets.map(({ name }) => name));
  const inner = children.map(reportOf);
  return {
    assets: [...assets, ...inner.flatMap((child) => child.assets).filter(({ name }) => !own.has(name))],
    errors: errors.length + inner.reduce((sum, child) => sum + child.errors, 0),
  };
}
