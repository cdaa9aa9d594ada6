import type { Access } from "./surface.ts";

const OPEN: Access = { asks: null, about: "anyone" };

/** What each route beside the REST API asks of its caller, by method and folder under `app`. */
export const ROUTES: Readonly<Record<string, Access>> = {
  "GET api/health/live": OPEN,
  "GET api/health/ready": OPEN,
  "GET api/live": { asks: "deployment.view", about: "record" },
  "HEAD api/live": { asks: null, about: "oneself" },
  "POST api/live/presence": { asks: "deployment.view", about: "record" },
  "GET api/v1/openapi.json": OPEN,
  "GET cli/countersign.mjs": OPEN,
};

/** Routes that ask for something else than a session or a token, and which promise shows it. */
export const OTHERWISE_GUARDED: Readonly<Record<string, string>> = {
  "api/v1/[...path]": "the endpoints below",
  "api/auth/[...nextauth]": "signing in and out: promises 13, 14 and 17",
  "api/calendar/[file]": "a person's secret address: promise 17",
  "api/github/deployment-protection": "GitHub's signature: promise 14",
};
