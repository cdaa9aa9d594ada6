import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineLive } from "../checker.ts";

/** Nobody can have registered a name below `.example`. */
const FOREIGN = ["https://not-allowed.example", "null"];

type Look = {
  readonly origin: string;
  readonly wanted: boolean;
  readonly allowed: string | null;
  readonly credentials: boolean;
};

/** The origins that may read answers can, and no other; a wildcard never goes with credentials. */
export const corsPolicy = defineLive({
  key: "cors-policy",
  title: "CORS policy",
  group: "cors",
  parameters: z.object({}),
  collect: async ({ url, allowedOrigins }, _parameters, outside): Promise<readonly Look[]> => {
    const look = async (origin: string, wanted: boolean): Promise<Look> => {
      const { headers } = await outside.get(url, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "GET" },
        followRedirects: false,
      });
      const credentials = headers["access-control-allow-credentials"] === "true";
      return { origin, wanted, allowed: headers["access-control-allow-origin"] ?? null, credentials };
    };
    const wanted = allowedOrigins.map((address) => new URL(address).origin);
    return Promise.all([
      ...wanted.map((origin) => look(origin, true)),
      ...FOREIGN.map((origin) => look(origin, false)),
    ]);
  },
  evaluate: (looks) => {
    const findings = looks.map(findingOf);
    const failed = findings.filter(({ level }) => level === "fail");
    const summary =
      failed.length === 0
        ? "Only the origins named may read answers"
        : failed.map(({ title, detail }) => `${title} ${detail}`).join("; ");
    return checkResult(verdictOf(findings), summary, findings);
  },
});

function findingOf({ origin, wanted, allowed, credentials }: Look): Finding {
  const readable = allowed === "*" ? !credentials : allowed === origin;
  const detail =
    allowed === null ? "is not allowed" : `is answered ${allowed}${credentials ? " with credentials" : ""}`;
  const wildcard = allowed === "*" && credentials;
  return { level: readable === wanted && !wildcard ? "pass" : "fail", title: origin, detail };
}
