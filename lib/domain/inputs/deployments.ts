import { z } from "zod";
import { APPROVER_ROLES } from "../roles.ts";
import { SIGN_OFF_PLACES, TARGETS } from "../template.ts";
import {
  deploymentRef,
  environmentName,
  instant,
  line,
  name,
  phaseKey,
  reason,
  recordId,
  webAddress,
} from "./text.ts";

const version = line(64, "Give the version").regex(
  /^[0-9A-Za-z][0-9A-Za-z.+_/-]*$/,
  "Letters, digits and . + _ / - only, such as 2.14.0 or v2.14.0-rc.1",
);

const commit = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{7,40}$/, "A commit is 7 to 40 hex digits");

const environment = environmentName(64);

const link = z.strictObject({ title: name(100, "Name the link"), url: webAddress() });
const links = z.array(link).max(20, "At most 20 links");

const milliseconds = z
  .number("Must be a number")
  .positive("Must be more than 0")
  .max(600_000, "At most 600,000 ms");
const minutes = z.number("Must be a number").positive("Must be more than 0").max(43_200, "At most 30 days");
const percent = z.number("Must be a number").min(0, "At least 0 %").max(100, "At most 100 %");

export const sloTargets = z
  .strictObject({
    availabilityPercent: percent,
    apiLatencyP95Ms: milliseconds,
    apiLatencyP99Ms: milliseconds,
    pageLoadP95Ms: milliseconds,
    errorRatePercent: percent,
    rtoMinutes: minutes,
    rpoMinutes: minutes,
  })
  .refine((slo) => slo.apiLatencyP99Ms >= slo.apiLatencyP95Ms, {
    path: ["apiLatencyP99Ms"],
    message: "P99 cannot be below P95",
  });

/** Whoever deploys, by the e-mail address of their account. */
const deployedBy = z
  .string()
  .trim()
  .min(1, "Name who deploys it")
  .toLowerCase()
  .pipe(z.email("Must be the e-mail address of an account"));

const step = z.strictObject({
  role: z.enum(APPROVER_ROLES),
  /** How many people of the role approve. */
  quorum: z.int().min(1, "At least 1").max(9, "At most 9").default(1),
  /** In any order with the step before it, instead of after it. */
  withPrevious: z.boolean().default(false),
});

/** What a pipeline says that it deploys. */
export const askedAbout = z.object({ commit: commit.optional(), environment: environment.optional() });

/** The approvals in their order, each role at most once. */
const approvals = z
  .array(step)
  .min(1, "At least one role approves")
  .max(APPROVER_ROLES.length)
  .refine((steps) => new Set(steps.map(({ role }) => role)).size === steps.length, "Each role at most once")
  .refine(([first]) => first?.withPrevious !== true, "The first step has none before it");

export const openDeploymentInput = z.strictObject({
  team: line(100, "Name the team").optional(),
  service: name(100, "Name the service"),
  version,
  commit,
  environment,
  deploymentAt: instant(),
  deployedBy,
  targets: z
    .array(z.enum(TARGETS))
    .max(TARGETS.length)
    .refine((chosen) => new Set(chosen).size === chosen.length, "Each target at most once")
    .default([]),
  signOffPlace: z.enum(SIGN_OFF_PLACES).default("go-no-go"),
  /** In place of the template's: which roles, in which order, how many of each. */
  approvals: approvals.optional(),
  links: links.default([]),
  slo: sloTargets.optional(),
  predecessorId: recordId.nullish().transform((id) => id ?? null),
});

export const changeDetailsInput = z.strictObject({
  ...deploymentRef,
  version: version.optional(),
  commit: commit.optional(),
  environment: environment.optional(),
  deploymentAt: instant().optional(),
  deployedBy: deployedBy.optional(),
  links: links.optional(),
  slo: sloTargets.optional(),
});

export const phaseInput = z.strictObject({ ...deploymentRef, phase: phaseKey });
export const reopenPhaseInput = phaseInput.extend({ reason });
export const reasonInput = z.strictObject({ ...deploymentRef, reason });

export type OpenDeploymentInput = z.input<typeof openDeploymentInput>;
export type ParsedOpenDeployment = z.infer<typeof openDeploymentInput>;
export type ChangeDetailsInput = z.infer<typeof changeDetailsInput>;
export type PhaseInput = z.infer<typeof phaseInput>;
export type ReopenPhaseInput = z.infer<typeof reopenPhaseInput>;
export type ReasonInput = z.infer<typeof reasonInput>;
