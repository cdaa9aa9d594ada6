import fc from "fast-check";
import { expect, test } from "vitest";
import { approvalWaits } from "#lib/domain/approval-waits.ts";
import { measure, quantile, weekOf, type DeploymentFacts } from "#lib/domain/insights.ts";
import { HOUR, laterBy } from "#lib/domain/time.ts";
import { writeFacts } from "#lib/exports/write-facts.ts";

const FROM = "2026-11-02T00:00:00.000Z";
const TO = "2026-11-30T00:00:00.000Z";
const at = (hours: number) => laterBy(FROM, hours * HOUR);

function facts(change: Partial<DeploymentFacts>): DeploymentFacts {
  return {
    id: "1",
    service: "payments-api",
    team: "Payments",
    environment: "production",
    version: "1.0.0",
    openedAt: at(0),
    t0At: at(24),
    rollbackAt: null,
    restoredAt: null,
    endedAt: at(48),
    outcome: "completed",
    isRework: false,
    phases: [],
    waits: [],
    ...change,
  };
}

test("DORA's measures, from records that went well, were rolled back, run and were cancelled", () => {
  const { weeks, ...measured } = measure(
    [
      facts({}),
      facts({ t0At: at(36) }),
      facts({
        t0At: at(200),
        rollbackAt: at(202),
        restoredAt: at(204),
        endedAt: at(205),
        outcome: "rolled-back",
      }),
      facts({ t0At: at(210), endedAt: null, outcome: null }),
      facts({ t0At: null, endedAt: at(220), outcome: "cancelled" }),
      facts({ openedAt: at(-100), t0At: at(-10) }),
    ],
    FROM,
    TO,
  );
  expect(measured).toMatchObject({
    deployed: 4,
    leadTime: { count: 4, median: 118 * HOUR },
    perWeek: 1,
    failed: 1,
    running: 1,
    reworked: 0,
    recovery: { count: 1, median: 2 * HOUR, p90: 2 * HOUR },
    cancelled: 1,
  });
  expect(weeks).toEqual([
    { from: FROM, completed: 2, rolledBack: 0, running: 0 },
    { from: "2026-11-09T00:00:00.000Z", completed: 0, rolledBack: 1, running: 1 },
    { from: "2026-11-16T00:00:00.000Z", completed: 0, rolledBack: 0, running: 0 },
    { from: "2026-11-23T00:00:00.000Z", completed: 0, rolledBack: 0, running: 0 },
  ]);
});

test("nothing to measure is said as nothing, not as zero", () => {
  expect(measure([], FROM, TO)).toMatchObject({
    deployed: 0,
    leadTime: null,
    recovery: null,
    perWeek: 0,
    failed: 0,
    reworked: 0,
    phases: [],
    waits: [],
  });
});

test("a span without an end does not count, nor one that a clock put back made end before it began", () => {
  const { phases } = measure(
    [
      facts({ phases: [{ key: "deploy", title: "Deployment", from: at(1), to: at(3) }] }),
      facts({ phases: [{ key: "deploy", title: "Deployment", from: at(1), to: null }] }),
      facts({ phases: [{ key: "deploy", title: "Deployment", from: at(4), to: at(3) }] }),
    ],
    FROM,
    TO,
  );
  expect(phases).toEqual([
    { key: "deploy", title: "Deployment", spread: { count: 1, median: 2 * HOUR, p90: 2 * HOUR } },
  ]);
});

test("the span holds its first moment, and not its last; what never began or ended is not counted in it", () => {
  const count = (more: Partial<DeploymentFacts>) => {
    const { deployed, cancelled } = measure([facts(more)], FROM, TO);
    return [deployed, cancelled];
  };
  expect([FROM, laterBy(FROM, -1), laterBy(TO, -1), TO].map((t0At) => count({ t0At })[0])).toEqual([
    1, 0, 1, 0,
  ]);
  const ended = { outcome: "cancelled", t0At: null } as const;
  expect(
    [FROM, laterBy(FROM, -1), laterBy(TO, -1), TO, null].map((endedAt) => count({ ...ended, endedAt })[1]),
  ).toEqual([1, 0, 1, 0, 0]);
  expect(count({ t0At: null, endedAt: at(3), outcome: "completed" })).toEqual([0, 0]);
});

test("a rollback that runs is a failure already, and no completion", () => {
  const { weeks, failed, recovery } = measure(
    [
      facts({ rollbackAt: at(30), endedAt: null, outcome: null }),
      facts({ rollbackAt: at(30), restoredAt: at(48) }),
    ],
    FROM,
    TO,
  );
  expect(failed).toBe(2);
  expect(weeks[0]).toMatchObject({ completed: 0, rolledBack: 2, running: 0 });
  expect(recovery).toMatchObject({ count: 1, median: 18 * HOUR });
});

test("how long each role was waited for is told by role; one that nobody signed is left out", () => {
  const wait = (role: string, title: string, to: string | null) => ({ role, title, from: at(1), to });
  const { waits } = measure(
    [
      facts({ waits: [wait("security", "Security", at(3)), wait("product", "Product", at(2))] }),
      facts({ waits: [wait("security", "Security", at(5)), wait("devops-sre", "DevOps/SRE", null)] }),
      facts({ waits: [{ ...wait("security", "Security", at(9)), from: null }] }),
    ],
    FROM,
    TO,
  );
  expect(waits).toEqual([
    { key: "security", title: "Security", spread: { count: 2, median: 3 * HOUR, p90: 3.8 * HOUR } },
    { key: "product", title: "Product", spread: { count: 1, median: HOUR, p90: HOUR } },
  ]);
});

test("a quantile lies between the ends, grows with its share, and its ends are the values' own", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, a, b) => {
        const sorted = values.toSorted((x, y) => x - y);
        const [low, high] = [quantile(sorted, Math.min(a, b)), quantile(sorted, Math.max(a, b))];
        expect(low).toBeLessThanOrEqual(high + 1e-6);
        expect(quantile(sorted, 0)).toBe(sorted[0]);
        expect(quantile(sorted, 1)).toBe(sorted.at(-1));
      },
    ),
  );
});

test.each([
  ["2026-11-25T23:59:59.999Z", "2026-11-23T00:00:00.000Z"],
  ["2026-11-23T00:00:00.000Z", "2026-11-23T00:00:00.000Z"],
  ["2026-11-29T12:00:00.000Z", "2026-11-23T00:00:00.000Z"],
  ["2026-03-01T00:00:00.000Z", "2026-02-23T00:00:00.000Z"],
])("the week of %s begins on Monday %s", (instant, monday) => {
  expect(weekOf(instant)).toBe(monday);
});

test("a role is waited for since the stage before it was signed, in each round by itself", () => {
  const steps = [
    { role: "engineering-lead", title: "Engineering Lead" },
    { role: "devops-sre", title: "DevOps/SRE" },
    { role: "security", title: "Security", withPrevious: true },
  ] as const;
  const due = { completions: [at(0), at(9)], rounds: new Map([[2, at(10)]]) };
  const signatures = [
    { round: 1, role: "engineering-lead", signedAt: at(2) },
    { round: 1, role: "security", signedAt: at(5) },
    { round: 2, role: "engineering-lead", signedAt: at(11) },
    { round: 2, role: "devops-sre", signedAt: at(14) },
    { round: 2, role: "security", signedAt: at(12) },
    { round: 3, role: "security", signedAt: at(15) },
  ];
  expect(approvalWaits(steps, due, signatures).map(({ role, from, to }) => [role, from, to])).toEqual([
    ["engineering-lead", at(0), at(2)],
    ["security", at(2), at(5)],
    ["engineering-lead", at(10), at(11)],
    ["devops-sre", at(11), at(14)],
    ["security", at(11), at(12)],
  ]);
});

test("the records go out as a table with a column for each phase and role, and no formula runs", () => {
  const text = writeFacts([
    facts({
      version: "=1+1",
      phases: [{ key: "deploy", title: "Deployment", from: at(1), to: at(3) }],
      waits: [
        { role: "security", title: "Security", from: at(1), to: at(2) },
        { role: "security", title: "Security", from: at(1), to: at(3) },
      ],
    }),
  ]);
  expect(text).toContain('"Deployment, minutes","waiting for Security, minutes"\r\n');
  expect(text).toContain('"\'=1+1"');
  expect(text).toContain('"120","180"\r\n');
});
