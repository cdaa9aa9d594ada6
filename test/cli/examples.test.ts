import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { ROOT } from "#scripts/runtime/paths.ts";
import { tokenOf } from "#test/support/api-client.ts";
import { load, makeTeam, openRecord, type Team } from "#test/support/factories.ts";

const action = z.object({ runs: z.object({ steps: z.tuple([z.object({ run: z.string() })]) }) });

let team: Team;
let folder: string;

beforeAll(async () => {
  team = await makeTeam();
  folder = mkdtempSync(join(tmpdir(), "countersign action "));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the example action as a runner would, and answers with its exit code and outputs. */
async function act(...lines: readonly string[]) {
  const { runs } = action.parse(
    parse(readFileSync(join(ROOT, "examples", "github-action", "action.yml"), "utf8")),
  );
  const outputs = join(folder, `outputs-${Math.random()}`);
  const { status, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", runs.steps[0].run], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: outputs,
      COUNTERSIGN_URL: inject("app").url,
      COUNTERSIGN_TOKEN: await tokenOf(team.engineer, "read", "write"),
      ARGUMENTS: `${lines.join("\n")}\n`,
    },
  });
  return { status, stderr, outputs: existsSync(outputs) ? readFileSync(outputs, "utf8") : "" };
}

test("the example action runs a command, hands its arguments to no shell, and passes on what it printed", async () => {
  const id = await openRecord(team);
  const note = '$(touch "made") `touch made`; touch made "quoted"';
  expect(await act("evidence", id, "cdn", "--note", note)).toMatchObject({ status: 0 });
  const { evidence } = await load(id);
  expect(evidence[0]?.content).toMatchObject({ kind: "note", text: note });
  expect(existsSync(join(folder, "made"))).toBe(false);
  const { outputs } = await act("status", id);
  expect(outputs).toMatch(/^stdout<<([\w-]{36})\npayments-api 1\.0\.0 [^]+\n\1\n$/);
});

test("the example action fails where its command does", async () => {
  const id = await openRecord(team);
  expect(await act("gate", id, "deployment")).toMatchObject({ status: 1, outputs: "" });
});
