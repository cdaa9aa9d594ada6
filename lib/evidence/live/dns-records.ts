import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineLive } from "../checker.ts";
import type { DnsType } from "../outside.ts";

type Looked = {
  readonly name: string;
  readonly type: DnsType;
  readonly expected: readonly string[];
  readonly resolver: string | null;
  readonly answers: readonly string[];
};

export const dnsRecords = defineLive({
  key: "dns-records",
  title: "DNS records",
  group: "dns",
  parameters: z.object({}),
  collect: async ({ records, resolvers }, _parameters, outside): Promise<readonly Looked[]> => {
    const asked = resolvers.length === 0 ? [null] : resolvers;
    return Promise.all(
      records.flatMap((record) =>
        asked.map(async (resolver) => ({
          ...record,
          resolver,
          answers: await outside.resolve(record.name, record.type, resolver),
        })),
      ),
    );
  },
  evaluate: (looked) => {
    const findings = looked.map(findingOf);
    const failed = findings.filter(({ level }) => level === "fail");
    const summary =
      failed.length === 0
        ? `${findings.length} answers as expected`
        : failed.map(({ title, detail }) => `${title}: ${detail}`).join("; ");
    return checkResult(verdictOf(findings), summary, findings);
  },
});

function findingOf({ name, type, expected, resolver, answers }: Looked): Finding {
  const found = new Set(answers.map((answer) => comparable(answer, type)));
  const missing = expected.filter((value) => !found.has(comparable(value, type)));
  const title = `${name} ${type}${resolver === null ? "" : ` at ${resolver}`}`;
  if (missing.length === 0) return { level: "pass", title, detail: answers.join(", ") };
  return {
    level: "fail",
    title,
    detail: `${missing.join(", ")} is missing; found ${answers.join(", ") || nothing(type, resolver)}`,
  };
}

// The machine's own name server tells no private address, and the check's reader should know.
function nothing(type: DnsType, resolver: string | null): string {
  return resolver === null && (type === "A" || type === "AAAA")
    ? "nothing, or a private address that this installation does not allow"
    : "nothing";
}

// Names are the same in any case and with or without their last dot; a TXT's text is not.
function comparable(value: string, type: DnsType): string {
  return type === "TXT" ? value : value.toLowerCase().replace(/\.$/, "");
}
