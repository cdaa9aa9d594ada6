import { z } from "zod";
import {
  checkResult,
  verdictOf,
  type CheckContext,
  type CheckResult,
  type Finding,
  type Probe,
} from "#lib/domain/check-result.ts";
import { MINUTE, laterBy } from "#lib/domain/time.ts";
import { defineLive } from "../checker.ts";
import type { Outside } from "../outside.ts";
import { Unreadable } from "../unreadable.ts";

/** Two looks further apart than this leave a gap that nobody can vouch for. */
const GAP_MINUTES = 3;

type Look = { readonly url: string; readonly ok: boolean; readonly detail: string };

/** Health endpoints; with `greenMinutes`, green without a gap for so long since T-0. */
export const httpHealth = defineLive({
  key: "http-health",
  title: "Health checks",
  group: "http",
  parameters: z.object({ greenMinutes: z.number().min(0) }),
  collect: async ({ urls }, _parameters, outside) => Promise.all(urls.map((url) => look(url, outside))),
  evaluate: (looks, { greenMinutes }, context) => {
    const findings = looks.map(({ url, ok, detail }): Finding => ({
      level: ok ? "pass" : "fail",
      title: hostOf(url),
      detail,
    }));
    const bad = findings.find(({ level }) => level === "fail");
    if (bad !== undefined) return checkResult("fail", `${bad.title}: ${bad.detail}`, findings);
    if (greenMinutes === 0)
      return checkResult(verdictOf(findings), `${looks.length} endpoints are healthy`, findings);
    return judgeSeries(greenMinutes, context, findings);
  },
  probe: (looks) => ({
    ok: looks.every(({ ok }) => ok),
    detail: looks.find(({ ok }) => !ok)?.detail ?? "healthy",
  }),
});

async function look(url: string, outside: Outside): Promise<Look> {
  try {
    // Where it leads is another page, such as the one to sign in, and says nothing of this one's health.
    const { status, milliseconds } = await outside.get(url, { followRedirects: false });
    const elsewhere = status >= 300 && status < 400 ? ", which leads elsewhere" : "";
    return {
      url,
      ok: status >= 200 && status < 300,
      detail: `${status} in ${milliseconds} ms${elsewhere}`,
    };
  } catch (error) {
    if (error instanceof Unreadable) return { url, ok: false, detail: error.message };
    throw error;
  }
}

function judgeSeries(
  greenMinutes: number,
  { now, t0At, probes }: CheckContext,
  findings: readonly Finding[],
): CheckResult {
  if (t0At === null) return checkResult("unknown", `The ${greenMinutes} minutes begin at T-0`, findings);
  const green = Math.floor((Date.parse(now) - Date.parse(greenSince(probes, t0At, now))) / MINUTE);
  const verdict = green >= greenMinutes ? "pass" : "unknown";
  return checkResult(verdict, `${Math.min(green, greenMinutes)} of ${greenMinutes} minutes green`, findings);
}

// Back from now, look by look, to the last red one, the last gap or T-0.
function greenSince(probes: readonly Probe[], t0At: string, now: string): string {
  let since = now;
  for (const { at, ok } of probes.toReversed()) {
    if (!ok || at < t0At || laterBy(at, GAP_MINUTES * MINUTE) < since) break;
    since = at;
  }
  return since;
}

function hostOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
