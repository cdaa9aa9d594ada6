import { z } from "zod";
import { checkResult } from "#lib/domain/check-result.ts";
import { defineLive } from "../checker.ts";
import { Unreadable } from "../unreadable.ts";
import { readAnswer } from "./read-answer.ts";

// Atlassian Statuspage and what copies it say an indicator, Instatus a status.
const page = z.union(
  [
    z.object({ status: z.object({ indicator: z.string() }) }).transform(({ status }) => status.indicator),
    z.object({ page: z.object({ status: z.string() }) }).transform(({ page: { status } }) => status),
  ],
  "It says neither `status.indicator` nor `page.status`",
);

const OPERATIONAL = ["none", "UP"];

/** What a status page says of the service now. */
export const statusPage = defineLive({
  key: "status-page",
  title: "Status page",
  group: "status-page",
  parameters: z.object({}),
  collect: async ({ url }, _parameters, outside): Promise<string> => {
    const { status, body } = await outside.get(url);
    if (status !== 200) throw new Unreadable(`${new URL(url).host} answers ${status}`);
    return readAnswer<string>(body, page, "the status of a status page");
  },
  evaluate: (indicator) => {
    const ok = OPERATIONAL.includes(indicator);
    const word = indicator === "none" || indicator === "UP" ? "operational" : indicator.toLowerCase();
    return checkResult(ok ? "pass" : "fail", `The page says: ${word}`);
  },
});
