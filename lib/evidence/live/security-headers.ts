import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineLive } from "../checker.ts";

const HSTS_SECONDS_AT_LEAST = 180 * 24 * 3_600;

type Seen = { readonly https: boolean; readonly headers: Readonly<Record<string, string>> };

/** The headers that OWASP's Secure Headers project asks for. */
export const securityHeaders = defineLive({
  key: "security-headers",
  title: "Security headers",
  group: "headers",
  parameters: z.object({}),
  collect: async ({ url }, _parameters, outside): Promise<Seen> => {
    const { headers } = await outside.get(url);
    return { https: url.startsWith("https:"), headers };
  },
  evaluate: (seen) => {
    const findings = [transport(seen), ...policy(seen), sniffing(seen), framing(seen), referrer(seen)];
    const missing = findings.filter(({ level }) => level === "fail").map(({ title }) => title);
    return checkResult(
      verdictOf(findings),
      missing.length === 0 ? "All in place" : `Missing: ${missing.join(", ")}`,
      findings,
    );
  },
});

function transport({ https, headers }: Seen): Finding {
  const value = headers["strict-transport-security"] ?? "";
  const seconds = Number(/max-age="?(\d+)/i.exec(value)?.[1] ?? 0);
  const ok = https && seconds >= HSTS_SECONDS_AT_LEAST;
  return line(
    ok,
    "Strict-Transport-Security",
    https ? `max-age ${seconds} s; at least ${HSTS_SECONDS_AT_LEAST} s` : "not over https",
  );
}

function policy({ headers }: Seen): readonly Finding[] {
  const value = headers["content-security-policy"] ?? "";
  const inline =
    /(script-src|default-src)[^;]*'unsafe-inline'/i.test(value) &&
    !/'(nonce|sha256|sha384|sha512|strict-dynamic)/i.test(value);
  return [
    line(value !== "", "Content-Security-Policy", value === "" ? "missing" : "present"),
    ...(inline
      ? [{ level: "info" as const, title: "Content-Security-Policy", detail: "allows inline scripts" }]
      : []),
  ];
}

function sniffing({ headers }: Seen): Finding {
  const value = headers["x-content-type-options"] ?? "";
  return line(value.toLowerCase() === "nosniff", "X-Content-Type-Options", value || "missing");
}

function framing({ headers }: Seen): Finding {
  const byPolicy = /frame-ancestors/i.test(headers["content-security-policy"] ?? "");
  const byHeader = /^(deny|sameorigin)$/i.test(headers["x-frame-options"] ?? "");
  return line(
    byPolicy || byHeader,
    "X-Frame-Options or frame-ancestors",
    byPolicy || byHeader ? "present" : "missing",
  );
}

function referrer({ headers }: Seen): Finding {
  const value = headers["referrer-policy"] ?? "";
  return line(value !== "" && value !== "unsafe-url", "Referrer-Policy", value || "missing");
}

function line(ok: boolean, title: string, detail: string): Finding {
  return { level: ok ? "pass" : "fail", title, detail };
}
