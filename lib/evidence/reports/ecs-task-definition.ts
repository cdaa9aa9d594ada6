import { z } from "zod";
import { checkResult, verdictOf, type Finding } from "#lib/domain/check-result.ts";
import { defineReport } from "../checker.ts";
import { readJson } from "./json-report.ts";

const container = z.object({
  name: z.string(),
  image: z.string(),
  essential: z.boolean().default(true),
  user: z.string().optional(),
  privileged: z.boolean().default(false),
  cpu: z.number().optional(),
  memory: z.number().optional(),
  memoryReservation: z.number().optional(),
  healthCheck: z.object({ command: z.array(z.string()).default([]) }).optional(),
  logConfiguration: z.object({ logDriver: z.string().optional() }).optional(),
  environment: z.array(z.object({ name: z.string() })).default([]),
});
const definition = z.object({
  family: z.string("There is no `family`").min(1),
  containerDefinitions: z.array(container).min(1, "It has no container"),
  cpu: z.string().optional(),
  memory: z.string().optional(),
  taskRoleArn: z.string().optional(),
  executionRoleArn: z.string().optional(),
});
const report = z.union([
  z.object({ taskDefinition: definition }).transform(({ taskDefinition }) => taskDefinition),
  definition,
]);

type Definition = z.infer<typeof definition>;
type Container = z.infer<typeof container>;

const SECRET_NAME = /SECRET|TOKEN|PASSWORD|PASSWD|PRIVATE_KEY|API_?KEY|ACCESS_KEY|CREDENTIAL/i;

/** An ECS task definition, as AWS describes it or as it is registered. */
export const ecsTaskDefinition = defineReport({
  key: "ecs-task-definition",
  title: "ECS task definition",
  source: "aws ecs describe-task-definition --task-definition NAME",
  parameters: z.object({ check: z.enum(["definition", "non-root", "iam"]) }),
  parse: (text): Definition => readJson<Definition>(text, report, "an ECS task definition"),
  keep: (task) => JSON.stringify(task, null, 2),
  evaluate: (task, { check }) => {
    const findings =
      check === "iam"
        ? [roleFinding(task)]
        : task.containerDefinitions.map((entry) =>
            findingOf(entry, check === "definition" ? faults(task, entry) : rootFaults(entry)),
          );
    const failed = findings.filter(({ level }) => level === "fail").length;
    const summary = `${task.family}: ${failed === 0 ? "all in order" : `${failed} of ${findings.length} fail`}`;
    return checkResult(verdictOf(findings), summary, findings);
  },
});

function findingOf({ name }: Container, found: readonly string[]): Finding {
  return {
    level: found.length === 0 ? "pass" : "fail",
    title: `Container ${name}`,
    detail: found.join(", ") || null,
  };
}

function faults(task: Definition, entry: Container): readonly string[] {
  const limited =
    (Number(task.cpu) !== 0 && Boolean(task.cpu) && Boolean(task.memory)) ||
    ((entry.cpu ?? 0) > 0 && (entry.memory ?? entry.memoryReservation ?? 0) > 0);
  const plain = entry.environment.filter(({ name }) => SECRET_NAME.test(name)).map(({ name }) => name);
  return [
    ...(isPinned(entry.image) ? [] : ["its image is not pinned to a version"]),
    ...(entry.essential && !isChecked(entry) ? ["no health check"] : []),
    ...(!entry.logConfiguration?.logDriver ? ["no log configuration"] : []),
    ...(limited ? [] : ["no limits of cpu and memory"]),
    ...(plain.length === 0 ? [] : [`${plain.join(", ")} stands in plain text; use secrets`]),
  ];
}

function isChecked({ healthCheck }: Container): boolean {
  const [how] = healthCheck?.command ?? [];
  return how !== undefined && how !== "NONE";
}

function rootFaults({ user, privileged }: Container): readonly string[] {
  const account = (user ?? "").split(":")[0] || "root";
  return [
    ...(account === "root" || Number(account) === 0 ? ["runs as root"] : []),
    ...(privileged ? ["it is privileged"] : []),
  ];
}

function isPinned(image: string): boolean {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return true;
  const tag = /:([\w][\w.-]{0,127})$/.exec(image)?.[1];
  return tag !== undefined && tag !== "latest";
}

function roleFinding({ taskRoleArn, executionRoleArn }: Definition): Finding {
  const both = Boolean(taskRoleArn) && Boolean(executionRoleArn);
  const detail = both ? "one role for both" : "no task role or no execution role";
  const ok = both && taskRoleArn !== executionRoleArn;
  return { level: ok ? "pass" : "fail", title: "Task and execution roles", detail: ok ? null : detail };
}
