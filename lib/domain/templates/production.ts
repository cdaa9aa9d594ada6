import { APPROVER_ROLES, ROLE_TITLES } from "../roles.ts";
import { DEFAULT_SLO_TARGETS } from "../slo.ts";
import type { Template } from "../template.ts";
import { DEPLOYMENT, FINAL_CHECKS, POST_DEPLOYMENT } from "./production/deployment-day.ts";
import { FOLLOW_UP } from "./production/follow-up.ts";
import { PRE_DEPLOYMENT } from "./production/pre-deployment.ts";
import { ROLLBACK } from "./production/rollback.ts";
import { TARGET_SECTIONS } from "./production/targets.ts";

/** The checklist of `docs/seed/production-deployment-checklist.md`, whole. */
export const PRODUCTION_TEMPLATE: Template = {
  key: "production",
  version: 2,
  title: "Production",
  phases: [PRE_DEPLOYMENT, FINAL_CHECKS, DEPLOYMENT, POST_DEPLOYMENT, FOLLOW_UP],
  targets: TARGET_SECTIONS,
  rollback: ROLLBACK,
  signOff: {
    steps: APPROVER_ROLES.map((role) => ({ role, title: ROLE_TITLES[role] })),
    defaultPlace: "go-no-go",
  },
  sloTargets: DEFAULT_SLO_TARGETS,
};
