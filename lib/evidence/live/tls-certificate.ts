import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import type { Instant } from "#lib/domain/deployment.ts";
import { DAY } from "#lib/domain/time.ts";
import { defineLive } from "../checker.ts";
import type { TlsObservation } from "../outside.ts";

type Host = { readonly name: string; readonly seen: TlsObservation };

export const tlsCertificate = defineLive({
  key: "tls-certificate",
  title: "TLS certificate",
  group: "tls",
  parameters: z.object({ minDaysLeft: z.number().min(0) }),
  collect: async ({ hosts }, _parameters, outside): Promise<readonly Host[]> =>
    Promise.all(
      hosts.map(async ({ host, port }) => ({ name: `${host}:${port}`, seen: await outside.tls(host, port) })),
    ),
  evaluate: (hosts, { minDaysLeft }, { now }) => {
    const findings = hosts.map((host) => findingOf(host, minDaysLeft, now));
    const shortest = Math.min(...hosts.map(({ seen }) => daysLeft(seen, now)));
    const failed = findings.filter(({ level }) => level === "fail");
    const summary =
      failed.length === 0
        ? `Valid for ${shortest} more days`
        : failed.map(({ title, detail }) => `${title}: ${detail}`).join("; ");
    return checkResult(verdictOf(findings), summary, findings);
  },
});

function findingOf({ name, seen }: Host, minDaysLeft: number, now: Instant): Finding {
  const left = daysLeft(seen, now);
  const daysAhead = `${left} ${left === 1 ? "day" : "days"} left`;
  const hasExpired = seen.validTo <= now;
  const faults = [
    ...(seen.trusted ? [] : [`its chain is not trusted (${seen.trustError})`]),
    ...(seen.nameMatches ? [] : [`it is for another name (${seen.subject})`]),
    ...(seen.validFrom > now ? ["it is not valid yet"] : []),
    ...(hasExpired ? ["it has expired"] : []),
    ...(!hasExpired && left < minDaysLeft ? [`${daysAhead}; at least ${minDaysLeft} are required`] : []),
  ];
  const good = `${daysAhead}, issued by ${seen.issuer}, ${seen.protocol}`;
  return {
    level: faults.length === 0 ? "pass" : "fail",
    title: name,
    detail: faults.length === 0 ? good : faults.join(", "),
  };
}

function daysLeft({ validTo }: TlsObservation, now: Instant): number {
  return Math.floor((Date.parse(validTo) - Date.parse(now)) / DAY);
}
