import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineLive } from "../checker.ts";
import { Unreadable } from "../unreadable.ts";
import { getPrometheus } from "./prometheus-api.ts";
import { readYamlApart } from "./read-yaml-apart.ts";
import { readAnswer } from "./read-answer.ts";

const status = z.object({ config: z.object({ original: z.string() }) });
const config = z.object({
  route: z.object({
    receiver: z.string(),
    routes: z.array(z.looseObject({ receiver: z.string().optional() })).default([]),
  }),
  receivers: z.array(z.looseObject({ name: z.string() })),
});

/** Alertmanager's own configuration has routes, and its receivers deliver somewhere. */
export const alertmanagerRouting = defineLive({
  key: "alertmanager-routing",
  title: "Alertmanager routing",
  group: "alertmanager",
  parameters: z.object({}),
  collect: async ({ url }, _parameters, outside) => {
    const { original } = readAnswer(
      await getPrometheus(outside, url, "api/v2/status"),
      status,
      "Alertmanager's status",
    ).config;
    const [written] = await readYamlApart(original, "Alertmanager's configuration", new URL(url).host);
    const result = config.safeParse(written);
    if (!result.success) throw new Unreadable("Alertmanager's configuration has no route or no receivers");
    return result.data;
  },
  evaluate: ({ route, receivers }) => {
    const used = new Set([route.receiver, ...route.routes.flatMap(({ receiver }) => receiver ?? [])]);
    const findings: readonly Finding[] = [
      {
        level: route.routes.length > 0 ? "pass" : "fail",
        title: `${route.routes.length} routes`,
        detail: null,
      },
      ...receivers
        .filter(({ name }) => used.has(name))
        .map((receiver): Finding => {
          const ways = Object.keys(receiver).filter((key) => key.endsWith("_configs"));
          return {
            level: ways.length > 0 ? "pass" : "fail",
            title: `Receiver ${receiver.name}`,
            detail: ways.join(", ") || "delivers nowhere",
          };
        }),
    ];
    return checkResult(
      verdictOf(findings),
      `${route.routes.length} routes to ${used.size} receivers`,
      findings,
    );
  },
});
