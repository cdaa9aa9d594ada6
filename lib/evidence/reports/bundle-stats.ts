import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { Unreadable } from "../unreadable.ts";
import { webpackStats, type BundleReport as Report } from "./bundle/webpack-stats.ts";
import { readJson } from "./json-report.ts";

const size = z.number().min(0);
const esbuild = z
  .object({ outputs: z.record(z.string(), z.object({ bytes: size })) })
  .transform(({ outputs }): Report => ({
    assets: Object.entries(outputs).map(([name, { bytes }]) => ({ name, size: bytes })),
    errors: 0,
  }));
const sizeLimit = z
  .array(z.object({ name: z.string(), size, passed: z.boolean().optional() }))
  .min(1)
  .transform((limits): Report => ({
    // Its names are people's, not files'.
    assets: limits.map((limit) => ({ ...limit, named: true })),
    errors: 0,
  }));
const report = z.union(
  [webpackStats, esbuild, sizeLimit],
  "It is neither webpack stats, an esbuild metafile nor size-limit output",
);

/** Bundle sizes against a budget: webpack or Rspack stats, an esbuild metafile, or size-limit's JSON. */
export const bundleStats = defineReport({
  key: "bundle-stats",
  title: "Bundle sizes",
  source: "webpack --json, esbuild --metafile, size-limit --json",
  parameters: z.object({ assetKilobytes: z.number().positive(), totalKilobytes: z.number().positive() }),
  parse: (text): Report => {
    const { assets, errors } = readJson<Report>(text, report, "bundle statistics");
    const shipped = assets.filter(({ name, named }) => named === true || isShipped(name));
    if (shipped.length === 0 && errors === 0)
      throw new Unreadable("The statistics name no script or style that is shipped");
    return { assets: shipped, errors };
  },
  evaluate: ({ assets, errors }, { assetKilobytes, totalKilobytes }) => {
    const total = assets.reduce((sum, asset) => sum + asset.size, 0);
    const findings: readonly Finding[] = [
      ...(errors === 0
        ? []
        : [{ level: "fail" as const, title: `The build has ${errors} errors`, detail: null }]),
      {
        level: total <= totalKilobytes * 1024 ? "pass" : "fail",
        title: `${kilobytes(total)} KB in all`,
        detail: `budget ${totalKilobytes} KB`,
      },
      ...assets.map((asset): Finding => ({
        level: asset.passed !== false && asset.size <= assetKilobytes * 1024 ? "pass" : "fail",
        title: `${asset.name}: ${kilobytes(asset.size)} KB`,
        detail: asset.passed === false ? "over its own limit" : `budget ${assetKilobytes} KB`,
      })),
    ];
    const failed = findings.filter(({ level }) => level === "fail").length;
    const summary = `${assets.length} assets, ${kilobytes(total)} KB in all; ${failed === 0 ? "all within budget" : `${failed} faults`}`;
    return checkResult(verdictOf(findings), summary, findings);
  },
});

// Webpack writes what a query adds to a file's name into the asset's.
function isShipped(name: string): boolean {
  return /\.(js|mjs|cjs|css)$/.test(name.split("?")[0] ?? "");
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 102.4) / 10;
}
