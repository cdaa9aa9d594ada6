import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { Unreadable } from "../unreadable.ts";
import { readJson } from "./json-report.ts";

const size = z.number().min(0);
const webpack = z.object({ assets: z.array(z.object({ name: z.string(), size })) });
const esbuild = z.object({ outputs: z.record(z.string(), z.object({ bytes: size })) });
const sizeLimit = z.array(z.object({ name: z.string(), size, passed: z.boolean().optional() })).min(1);
const report = z.union(
  [
    webpack.transform(({ assets }) => assets.filter(({ name }) => isShipped(name))),
    esbuild.transform(({ outputs }) =>
      Object.entries(outputs)
        .map(([name, { bytes }]) => ({ name, size: bytes }))
        .filter(({ name }) => isShipped(name)),
    ),
    sizeLimit,
  ],
  "It is neither webpack stats, an esbuild metafile nor size-limit output",
);

/** Bundle sizes against a budget: webpack or Rspack stats, an esbuild metafile, or size-limit's JSON. */
export const bundleStats = defineReport({
  key: "bundle-stats",
  title: "Bundle sizes",
  source: "webpack --json, esbuild --metafile, size-limit --json",
  parameters: z.object({ assetKilobytes: z.number().positive(), totalKilobytes: z.number().positive() }),
  parse: (text): readonly Asset[] => {
    const assets = readJson<readonly Asset[]>(text, report, "bundle statistics");
    if (assets.length === 0) throw new Unreadable("The statistics name no script or style that is shipped");
    return assets;
  },
  evaluate: (assets, { assetKilobytes, totalKilobytes }) => {
    const total = assets.reduce((sum, asset) => sum + asset.size, 0);
    const findings: readonly Finding[] = [
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
    const over = findings.filter(({ level }) => level === "fail").length;
    const summary = `${assets.length} assets, ${kilobytes(total)} KB in all; ${over === 0 ? "all within budget" : `${over} over budget`}`;
    return checkResult(verdictOf(findings), summary, findings);
  },
});

type Asset = { readonly name: string; readonly size: number; readonly passed?: boolean | undefined };

function isShipped(name: string): boolean {
  return /\.(js|mjs|cjs|css)$/.test(name);
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 102.4) / 10;
}
