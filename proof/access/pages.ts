import type { Access } from "./surface.ts";

const SIGNED_IN: Access = { asks: null, about: "oneself" };
const RECORD: Access = { asks: "deployment.view", about: "record" };
const OPEN: Access = { asks: null, about: "anyone" };

/** What each page asks of its reader, by its folder under `app`. */
export const PAGES: Readonly<Record<string, Access>> = {
  "": SIGNED_IN,
  "(wall)/deployments/[id]/war-room": RECORD,
  recover: OPEN,
  setup: OPEN,
  "sign-in": OPEN,
  "(app)/[...nowhere]": { asks: null, about: "nothing" },
  "(app)/access": { asks: "access-log.view", about: "team" },
  "(app)/account": SIGNED_IN,
  "(app)/account/delegations": SIGNED_IN,
  "(app)/account/notifications": SIGNED_IN,
  "(app)/api-reference": SIGNED_IN,
  "(app)/calendar": SIGNED_IN,
  "(app)/deployments": SIGNED_IN,
  "(app)/deployments/[id]/(record)": RECORD,
  "(app)/deployments/[id]/(record)/history": RECORD,
  "(app)/deployments/[id]/(past)/history/as-of": RECORD,
  "(app)/deployments/[id]/(past)/history/compare": RECORD,
  "(app)/deployments/[id]/(record)/sign-off": RECORD,
  "(app)/deployments/[id]/(record)/slo": RECORD,
  "(app)/deployments/new": { asks: "deployment.open", about: "team" },
  "(app)/history": { asks: "history.search", about: "team" },
  "(app)/inbox": SIGNED_IN,
  "(app)/insights": { asks: "insights.view", about: "team" },
  "(app)/jobs": { asks: "jobs.manage", about: "installation" },
  "(app)/mine": SIGNED_IN,
  "(app)/notifications": SIGNED_IN,
  "(app)/people": { asks: "people.manage", about: "installation" },
  "(app)/proof": { asks: "history.verify", about: "team" },
  "(app)/retention": { asks: "retention.view", about: "installation" },
  "(app)/security-log": { asks: "security-log.read", about: "installation" },
  "(app)/services": SIGNED_IN,
  "(app)/services/[id]": { asks: "deployment.view", about: "service" },
  "(app)/team-notifications": { asks: "team.notify", about: "team" },
  "(app)/tokens": SIGNED_IN,
};
