import { expect, test } from "vitest";
import { breakGlassState, type BreakGlass } from "#lib/domain/break-glass-request.ts";
import { latestEvidence, type Evidence, type EvidenceContent } from "#lib/domain/evidence.ts";
import type { DeploymentEvent } from "#lib/domain/events.ts";
import { fileNamedBy } from "#lib/domain/named-files.ts";
import { passkeySite, passkeySites } from "#lib/domain/passkey-sites.ts";
import { DEFAULT_SLO_TARGETS, meetsSlo, SLO_METRICS } from "#lib/domain/slo.ts";
import { START } from "#test/support/records.ts";

const STAMP = { at: START, by: { id: "a", name: "A" } };
const FILE = { fileId: "f", name: "a.xml", mediaType: "text/xml", bytes: 3, sha256: "00" };
const CHECK = {
  kind: "check",
  checker: "junit",
  title: "JUnit",
  label: null,
  verdict: "pass",
  summary: "",
  findings: [],
  values: {},
  validUntil: null,
} as const;

test.each([
  ["https://sign.example.com", "sign.example.com"],
  ["https://sign.example.com:8443", "sign.example.com"],
  ["http://localhost:3000", "localhost"],
  ["http://a.localhost", "a.localhost"],
  ["http://sign.example.com", null],
  ["http://notlocalhost", null],
  ["https://192.0.2.1", null],
  ["https://1.example.com", "1.example.com"],
  ["https://host1", "host1"],
  ["https://[2001:db8::1]", null],
  ["no address", null],
])("passkeys of %s belong to %s", (origin, rpId) => {
  expect(passkeySite(origin)).toEqual(rpId === null ? null : { origin, rpId });
});

test("the sites of an installation are those of its origins under which passkeys work", () => {
  expect(passkeySites(["http://127.0.0.1:3000", "http://localhost:3000"])).toEqual([
    { origin: "http://localhost:3000", rpId: "localhost" },
  ]);
});

test("an event names the file it is about, a report's included", () => {
  const added = (content: EvidenceContent): DeploymentEvent => ({
    type: "evidence.added",
    data: { item: "i", title: "I", evidenceId: "e", content },
    seq: 2,
    at: START,
    actor: { kind: "person", id: "a", name: "A" },
  });
  expect(fileNamedBy(added({ kind: "file", ...FILE }))).toEqual(FILE);
  expect(fileNamedBy(added({ ...CHECK, report: FILE }))).toEqual(FILE);
  expect(fileNamedBy(added({ ...CHECK, report: null }))).toBeNull();
  expect(fileNamedBy(added({ kind: "note", text: "Seen." }))).toBeNull();
  expect(
    fileNamedBy({ ...added({ kind: "file", ...FILE }), type: "deployment.completed", data: {} }),
  ).toBeNull();
});

test("the newest evidence of an item and a kind counts, and no other's", () => {
  const entry = (itemKey: string, content: EvidenceContent): Evidence => ({
    id: "e",
    itemKey,
    content,
    recorded: STAMP,
    source: "person",
    seq: 2,
    overruled: null,
  });
  const note = (text: string): EvidenceContent => ({ kind: "note", text });
  const all = [
    entry("a", note("older")),
    entry("a", note("newer")),
    entry("a", { kind: "time", at: START }),
    entry("b", note("other")),
  ];
  expect(latestEvidence(all, "a", "note")).toEqual(note("newer"));
  expect(latestEvidence(all, "a", "time")).toEqual({ kind: "time", at: START });
  expect(latestEvidence(all.slice(0, 1), "a", "note")).toEqual(note("older"));
  expect(latestEvidence(all, "b", "time")).toBeNull();
  expect(latestEvidence([], "a", "note")).toBeNull();
});

test("what the board says of break glass is the most pressing of all requests", () => {
  const glass = (more: Partial<BreakGlass>): BreakGlass => ({
    request: 2,
    phase: "deployment",
    title: "Deployment",
    requested: STAMP,
    reason: "Down.",
    confirmed: null,
    used: null,
    closed: null,
    review: null,
    ...more,
  });
  const confirmed = {
    ...STAMP,
    role: "security",
    meaning: "",
    digest: "",
    proof: "password",
    blockers: [],
  } as const;
  const used = { ...STAMP, overridden: [] };
  const review = { ...STAMP, conclusion: "justified", finding: "" } as const;
  const closed = { at: START, cause: "" };
  const reviewed = glass({ confirmed, used, review });
  expect(breakGlassState([])).toBe("none");
  expect(breakGlassState([glass({})])).toBe("requested");
  expect(breakGlassState([glass({ confirmed })])).toBe("open");
  expect(breakGlassState([glass({ confirmed, used })])).toBe("review-owed");
  expect(breakGlassState([glass({ confirmed, used }), glass({})])).toBe("requested");
  expect(breakGlassState([glass({ closed })])).toBe("none");
  expect(breakGlassState([glass({ confirmed, closed })])).toBe("review-owed");
  expect(breakGlassState([reviewed])).toBe("reviewed");
  expect(breakGlassState([glass({ closed }), reviewed])).toBe("reviewed");
});

test("targets are lower bounds, upper bounds, or bounds that themselves are no longer met", () => {
  expect(SLO_METRICS).toMatchSnapshot();
  const meets = (metric: keyof typeof SLO_METRICS, ...values: readonly number[]) =>
    values.map((value) => meetsSlo(metric, value, DEFAULT_SLO_TARGETS));
  expect(meets("availabilityPercent", 99.89, 99.9, 99.91)).toEqual([false, true, true]);
  expect(meets("apiLatencyP95Ms", 499, 500, 501)).toEqual([true, false, false]);
  expect(meets("rtoMinutes", 59, 60, 61)).toEqual([true, true, false]);
});
