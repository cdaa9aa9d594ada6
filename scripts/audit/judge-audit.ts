import { z } from "zod";

export type AuditJudgement = { readonly exitCode: 0 | 1 | 2; readonly lines: readonly string[] };

const SEVERE: readonly string[] = ["high", "critical"];

const report = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
  metadata: z.object({ dependencies: z.object({ prod: z.number().int().min(1) }) }),
});
const refusal = z.object({ message: z.string() });

/**
 * Judges what `npm audit --json` printed: 0 when packages were looked up and none is high or critical,
 * 1 when some are. Whatever is no report of an audit is 2: nothing was audited, and that is no pass.
 */
export function judgeAudit(printed: string): AuditJudgement {
  const given = jsonFrom(printed);
  const read = report.safeParse(given);
  if (!read.success) {
    const why = refusal.safeParse(given).data?.message ?? "it printed no report";
    return { exitCode: 2, lines: [`NOT AUDITED: npm audit got no answer from the registry (${why}).`] };
  }
  const { vulnerabilities, metadata } = read.data;
  const all = Object.entries(vulnerabilities);
  const severe = all.filter(([, { severity }]) => SEVERE.includes(severity));
  const lines = severe.map(([name, { severity, range }]) => `${severity}: ${name} ${range}`);
  const sum = `${metadata.dependencies.prod} packages audited, ${severe.length} high or critical, ${all.length - severe.length} lower`;
  return { exitCode: severe.length > 0 ? 1 : 0, lines: [...lines, sum] };
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
