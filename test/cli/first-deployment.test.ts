import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, inject, test } from "vitest";
import { MINUTE } from "#lib/domain/time.ts";
import { isReadyToSign } from "#lib/domain/gates.ts";
import { ROOT } from "#scripts/runtime/paths.ts";
import { tokenOf } from "#test/support/api-client.ts";
import { emailOf, load, makeTeam, signAll } from "#test/support/factories.ts";

const setClock = (milliseconds: number) => writeFileSync(inject("app").clockFile, String(milliseconds));

afterAll(() => setClock(0));

test(
  "the example takes a service from nothing to completed, but for the signatures",
  { timeout: 240_000 },
  async () => {
    const team = await makeTeam();
    const script = spawn("bash", [join(ROOT, "examples", "first-deployment.sh")], {
      env: {
        ...process.env,
        COUNTERSIGN: "countersign",
        PATH: `${join(ROOT, "node_modules", ".bin")}:${process.env.PATH}`,
        COUNTERSIGN_URL: inject("app").url,
        COUNTERSIGN_TOKEN: await tokenOf(team.lead, "read", "write"),
        DEPLOYED_BY: await emailOf(team.engineer),
        TEAM: team.name,
        PAUSE: "1",
      },
    });
    let said = "";
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
    };
    script.stdout.on("data", listen);
    script.stderr.on("data", listen);
    const ended = new Promise<number | null>((resolve) => script.once("close", resolve));
    const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
      while (script.exitCode === null) {
        const seen = await look();
        if (seen !== undefined) return seen;
        await sleep(200);
      }
      throw new Error(`the script ended too early:\n${said}`);
    };
    const id = await until(async () => /record ([0-9a-f-]{36})/.exec(said)?.[1]);
    await until(async () => (isReadyToSign(await load(id)) ? id : undefined));
    await signAll(team, id);
    await until(async () => (said.includes("30 minutes are not over yet") ? id : undefined));
    setClock(31 * MINUTE);
    expect(await ended, said).toBe(0);
    expect((await load(id)).ended).toMatchObject({ outcome: "completed" });
    if (process.env.UPDATE_RECORDING === "1") {
      writeFileSync(
        join(ROOT, "docs", "recordings", "first-deployment.txt"),
        said.replaceAll(id, "0f3b6c1e-…"),
      );
    }
  },
);
