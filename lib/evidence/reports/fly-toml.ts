import { parse as parseToml } from "smol-toml";
import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { Unreadable } from "../unreadable.ts";

const checks = z.array(z.looseObject({})).default([]);
const service = z.looseObject({
  internal_port: z.int().min(1).max(65_535).optional(),
  force_https: z.boolean().optional(),
  checks,
  http_checks: checks,
  tcp_checks: checks,
});
const mount = z.object({ source: z.string().min(1), destination: z.string().min(1) });
const config = z.object({
  app: z.string("It names no `app`").min(1, "It names no `app`"),
  primary_region: z
    .string()
    .optional()
    .transform((region) => region || undefined),
  http_service: service.optional(),
  services: z.array(service).default([]),
  checks: z.record(z.string(), z.looseObject({})).default({}),
  mounts: z.union([z.array(mount), mount.transform((single) => [single])]).default([]),
});

type Config = z.infer<typeof config>;

/** Fly.io's `fly.toml`. */
export const flyToml = defineReport({
  key: "fly-toml",
  title: "fly.toml",
  source: "fly.toml",
  parameters: z.object({ check: z.enum(["config", "volumes", "regions"]) }),
  parse,
  evaluate: (fly, { check }) => {
    const findings = JUDGES[check](fly);
    if (findings.length === 0) return checkResult("unknown", "The file mounts no volume");
    const failed = findings.filter(({ level }) => level === "fail");
    const summary =
      failed.length === 0
        ? `${fly.app}: all in order`
        : `${fly.app}: ${failed.map(({ title }) => title).join(", ")}`;
    return checkResult(verdictOf(findings), summary, findings);
  },
});

const JUDGES = { config: judgeConfig, volumes: judgeVolumes, regions: judgeRegions };

function parse(text: string): Config {
  let value: unknown;
  try {
    value = parseToml(text, { maxDepth: 50 });
  } catch {
    throw new Unreadable("Not a fly.toml: it is not TOML");
  }
  const result = config.safeParse(value);
  if (!result.success)
    throw new Unreadable(`Not a fly.toml: ${result.error.issues[0]?.message ?? "it has another shape"}`);
  return result.data;
}

function judgeConfig({ primary_region, http_service, services, checks: own }: Config): readonly Finding[] {
  const all = [...(http_service === undefined ? [] : [http_service]), ...services];
  const probed =
    Object.keys(own).length > 0 ||
    all.some((entry) => [entry.checks, entry.http_checks, entry.tcp_checks].some((list) => list.length > 0));
  return [
    line(primary_region !== undefined, "A primary region", "no primary region"),
    line(
      all.some(({ internal_port }) => internal_port !== undefined),
      "A service with its port",
      "no service with an internal port",
    ),
    ...(http_service === undefined
      ? []
      : [line(http_service.force_https === true, "HTTPS is forced", "force_https is not true")]),
    line(probed, "A health check", "no health check"),
  ];
}

function judgeVolumes({ mounts }: Config): readonly Finding[] {
  return mounts.map(({ source, destination }) => ({
    level: "pass",
    title: `${source} at ${destination}`,
    detail: null,
  }));
}

function judgeRegions({ primary_region }: Config): readonly Finding[] {
  return [line(primary_region !== undefined, `Primary region ${primary_region}`, "no primary region")];
}

function line(ok: boolean, good: string, bad: string): Finding {
  return { level: ok ? "pass" : "fail", title: ok ? good : bad, detail: null };
}
