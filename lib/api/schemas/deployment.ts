import { z } from "zod";
import { BREAK_GLASS_STATES } from "#lib/domain/break-glass-request.ts";
import { APPROVER_ROLES } from "#lib/domain/roles.ts";

// The shape of answers, for the OpenAPI document; the tests hold real answers against it.

const instant = z.iso.datetime();
const person = z.object({ id: z.string(), name: z.string() });
const stamp = z.object({ at: instant, by: person });
const ability = z.object({ allowed: z.boolean(), reason: z.string().optional() });
export const verdict = z.enum(["pass", "fail", "unknown"]);

export const blocker = z.object({
  code: z.string(),
  message: z.string(),
  item: z.string().optional(),
  role: z.string().optional(),
  phase: z.string().optional(),
  grounds: z
    .array(z.string())
    .optional()
    .describe("What it rests on: evidence by its id, a live check by its checker"),
  freeze: z.string().optional().describe("The id of the freeze window that it is about"),
});

const evidence = z.object({
  id: z.uuid(),
  itemKey: z.string(),
  content: z.looseObject({
    kind: z.enum(["note", "link", "measurement", "time", "rotation", "file", "check"]),
  }),
  recorded: stamp,
  source: z.enum(["person", "api", "system"]),
  seq: z.int(),
  overruled: stamp.extend({ reason: z.string() }).nullable(),
  counts: z.boolean().describe("False where it was recorded before another T-0 of the record"),
});

const item = z.object({
  key: z.string(),
  title: z.string(),
  critical: z.boolean(),
  conditional: z.boolean(),
  requirement: z.looseObject({ kind: z.string() }).nullable(),
  checks: z.array(z.looseObject({ checker: z.string() })),
  judgement: z
    .looseObject({
      verdict: z.enum(["met", "missing", "failed", "stale", "unknown", "waiting"]),
      message: z.string(),
    })
    .nullable(),
  status: z.enum(["open", "done", "not-applicable"]),
  settled: stamp.nullable(),
  reason: z.string().nullable(),
  owner: person.nullable().describe("Who is to settle it"),
  dueAt: instant.nullable().describe("As it was set, or as its phase says"),
  dueIsSet: z.boolean(),
  comments: z.int().describe("How many comments stand at it"),
  evidence: z.array(evidence),
});

const section = z.object({
  key: z.string(),
  title: z.string(),
  done: z.int(),
  total: z.int(),
  change: ability,
  items: z.array(item),
});

const phase = z.object({
  key: z.string(),
  title: z.string(),
  label: z.string(),
  dueAt: instant.nullable(),
  state: z.enum(["completed", "open", "ready", "frozen", "locked"]),
  started: stamp.nullable(),
  completed: stamp.nullable(),
  judgedAt: instant
    .nullable()
    .describe("When its evidence was judged last; null while it is judged at each moment anew"),
  leftIncomplete: z.boolean().describe("Break glass began the next phase before this one was complete"),
  done: z.int(),
  total: z.int(),
  start: ability,
  complete: ability,
  reopen: ability,
  sections: z.array(section),
});

const approval = z.object({
  round: z.int(),
  role: z.enum(APPROVER_ROLES),
  decision: z.enum(["approved", "rejected"]),
  signed: stamp,
  standsInFor: person
    .extend({ delegation: z.uuid() })
    .nullable()
    .describe("The approver whose stand-in signed; null when they signed themselves"),
  meaning: z.string(),
  comment: z.string().nullable(),
  digest: z.string(),
  proof: z.string(),
  voided: z.object({ at: instant, cause: z.string() }).nullable(),
  seq: z.int(),
});

export const deployment = z
  .object({
    id: z.uuid(),
    revision: z.int().describe("The number of events so far; every change makes it larger"),
    now: instant,
    team: person,
    service: person,
    template: z.object({ key: z.string(), version: z.int(), title: z.string() }),
    targets: z.array(z.string()),
    details: z.object({
      version: z.string(),
      commit: z.string(),
      environment: z.string(),
      deploymentAt: instant,
      deployedBy: person,
      links: z.array(z.object({ title: z.string(), url: z.string() })),
      slo: z.record(z.string(), z.number()),
    }),
    opened: stamp,
    relaxations: z.array(z.string()),
    status: z.string(),
    t0At: instant.nullable(),
    ended: stamp.extend({ outcome: z.string(), reason: z.string().nullable() }).nullable(),
    currentPhase: z.string().nullable(),
    phases: z.array(phase),
    rollbackPhase: phase,
    rollback: z.looseObject({ rtoEndsAt: instant }).nullable(),
    gates: z.array(
      z.object({
        phase: z.string(),
        title: z.string(),
        open: z.boolean(),
        blockers: z.array(blocker),
        forced: z.boolean(),
        overridden: z.array(blocker),
      }),
    ),
    blockers: z.array(blocker),
    nextStep: z.looseObject({ kind: z.string() }),
    signOff: z.looseObject({
      place: z.string(),
      gate: z.string(),
      round: z.int(),
      ready: z.boolean(),
      passed: z.boolean(),
      digest: z.string(),
      steps: z.array(
        z.object({
          role: z.enum(APPROVER_ROLES),
          title: z.string(),
          state: z.enum(["approved", "rejected", "next", "waiting"]),
          quorum: z.int().describe("How many people of the role approve"),
          approved: z.int(),
          stage: z.int().describe("Steps of one stage sign in any order"),
          waitsFor: z.string().nullable(),
          approval: approval.nullable(),
          approvals: z.array(approval),
          sign: ability,
          signFor: z.array(z.object({ delegation: z.uuid(), name: z.string(), sign: ability })),
        }),
      ),
    }),
    breakGlass: z.looseObject({
      state: z.enum(BREAK_GLASS_STATES),
      gate: z.object({ phase: z.string(), title: z.string() }).nullable(),
      pending: z.looseObject({ request: z.int(), phase: z.string(), reason: z.string() }).nullable(),
      past: z.array(z.looseObject({ request: z.int(), phase: z.string(), reason: z.string() })),
    }),
    freezes: z
      .array(
        z.object({
          id: z.uuid(),
          environment: z.string().nullable(),
          startsAt: instant,
          endsAt: instant,
          reason: z.string(),
          standing: z.boolean().describe("Whether it holds now, or is to come"),
          lifted: z.object({ freeze: z.uuid(), lifted: stamp, reason: z.string(), seq: z.int() }).nullable(),
          lift: ability,
        }),
      )
      .describe("Until T-0: the freeze windows over its team and environment"),
    slo: z.array(z.looseObject({ metric: z.string(), target: z.number() })),
    comments: z.int().describe("How many comments stand on the record as a whole"),
    legalHold: stamp.extend({ reason: z.string() }).nullable(),
    stoneSeq: z
      .int()
      .nullable()
      .describe("Set when the content was removed: its stone's number in the installation's history"),
    predecessorId: z.uuid().nullable(),
    successorId: z.uuid().nullable(),
    abilities: z.record(z.string(), ability),
  })
  .meta({ id: "Deployment" });

export const deploymentRow = z
  .object({
    id: z.uuid(),
    service: z.string(),
    team: z.string(),
    teamId: z.uuid(),
    version: z.string(),
    commit: z.string(),
    environment: z.string(),
    status: z.string(),
    awaitedRole: z.string().nullable().describe("The first of awaitedRoles"),
    awaitedRoles: z.array(z.string()),
    breakGlass: z.enum(BREAK_GLASS_STATES),
    deploymentAt: instant,
    t0At: instant.nullable(),
    endedAt: instant.nullable(),
    rtoEndsAt: instant.nullable(),
    lastEventAt: instant,
    openedAt: instant,
    summary: z.unknown(),
    freeze: z.string().nullable().describe("Until T-0: the reason of a freeze that its date lies in"),
    overlaps: z
      .boolean()
      .describe("Until T-0: another deployment of the service to the environment is less than a day away"),
  })
  .meta({ id: "DeploymentRow" });

export const gate = z
  .object({
    phase: z.string(),
    service: z.string(),
    version: z.string(),
    commit: z.string(),
    environment: z.string(),
    open: z.boolean(),
    blockers: z.array(blocker),
    forced: z.boolean().describe("Whether break glass opens it, or opened it, in spite of `overridden`"),
    overridden: z.array(blocker),
    revision: z.int(),
  })
  .meta({ id: "Gate" });

export const event = z
  .object({
    stream: z.uuid(),
    seq: z.int(),
    type: z.string(),
    at: instant,
    actor: z.object({
      kind: z.enum(["person", "token", "system"]),
      id: z.string(),
      name: z.string(),
      token: person.optional(),
    }),
    predicate: z.string().describe("What happened, as a sentence without its subject"),
    remark: z.string().nullable(),
    item: z.string().nullable(),
    hash: z.string().describe("SHA-256 of body"),
    prev: z.string().nullable().describe("The hash of the event before; null for the first"),
    body: z
      .string()
      .describe("The canonical text that the hash covers; a shell where the content was removed"),
    removed: z.int().nullable().describe("The stone that tells of the removal of its content"),
    deployment: z.object({ id: z.uuid(), service: z.string(), version: z.string() }).nullable(),
  })
  .meta({ id: "Event" });

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe("Stable; what a program decides on"),
    detail: z.string(),
    blockers: z.array(blocker).optional(),
    fields: z.record(z.string(), z.string()).optional().describe("Field path to sentence"),
  })
  .meta({ id: "Problem" });
