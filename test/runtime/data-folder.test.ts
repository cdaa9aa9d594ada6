import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { migrationNames } from "#scripts/database/migrate.ts";
import { MIGRATIONS } from "#lib/db/migration-names.ts";

// A space in the path, as some people's folders have.
const folder = mkdtempSync(join(tmpdir(), "countersign runtime-"));
const env = { ...process.env, COUNTERSIGN_DATA_DIR: join(folder, "data"), TZ: "UTC" };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the build knows every migration", () => {
  expect(migrationNames()).toEqual([...MIGRATIONS]);
});

test("a database is made once, found again, and survives kill -9", async () => {
  expect(admin("verify-history")).toMatchObject({
    status: 0,
    stdout: "whole: 0 events of 1 histories checked\n",
  });
  const holder = await holdDatabase();
  const beside = admin("create-user", "--email", "ada@test.example", "--name", "Ada");
  expect(beside.status, "beside a running server").toBe(0);
  expect(beside.stdout).toMatch(/^[0-9a-f-]{36}\n$/);
  holder.kill("SIGKILL");
  await new Promise((resolve) => holder.once("exit", resolve));
  expect(
    admin("grant-role", "--email", "ada@test.example", "--role", "admin").status,
    "after a killed run",
  ).toBe(0);
  expect(admin("verify-history").stdout).toBe("whole: 2 events of 1 histories checked\n");
  expect(admin("export").stdout.trim().split("\n")).toHaveLength(2);
  expect(await exportToNobody()).toEqual({ code: 0, stderr: "" });
});

test("a signal to npm alone stops what it runs", async () => {
  const file = join(folder, "state");
  // npm runs scripts in a shell, which a signal ends without a word to what runs in it.
  const shell = spawn(
    "sh",
    ["-c", 'node scripts/bootstrap.mjs ../test/support/until-stopped "$0"; true', file],
    {
      env: { ...env, npm_lifecycle_event: "start" },
      stdio: "ignore",
    },
  );
  await expect.poll(() => textIn(file), { timeout: 60_000 }).toBe("running");
  shell.kill("SIGTERM");
  await expect.poll(() => textIn(file), { timeout: 60_000 }).toBe("stopped");
});

test("a folder that another run holds is named, with the way out", () => {
  const other = join(folder, "held");
  spawnSync("mkdir", ["-p", other]);
  const holder = spawn(process.execPath, ["-e", "setTimeout(() => {}, 20000)", "scripts"], {
    stdio: "ignore",
  });
  writeFileSync(join(other, "lock"), String(holder.pid));
  const { status, stderr } = run("start", [], { COUNTERSIGN_DATA_DIR: other, PORT: "39517" });
  holder.kill("SIGKILL");
  expect(status).toBe(1);
  expect(stderr).toMatch(/in use by another run \(process \d+\).*COUNTERSIGN_DATA_DIR/);
});

test("a busy port is named, with the way out", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { status, stderr } = await runLater("start", { PORT: String(port) });
  server.close();
  expect(status).toBe(1);
  expect(stderr).toBe(
    `Port ${port} is in use. Stop what listens there, or choose another: PORT=${port + 1} npm start\n`,
  );
});

test.each([
  ["not an address at all", "DATABASE_URL is no Postgres address"],
  ["postgresql://user:hunter22@127.0.0.1:1/none", "cannot be reached"],
])("a broken DATABASE_URL is one sentence: %s", (url, sentence) => {
  const { status, stderr } = run("admin", ["verify-history"], { DATABASE_URL: url });
  expect(status).toBe(1);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toContain("hunter22");
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

function admin(...args: readonly string[]) {
  return run("admin", args, {});
}

function run(script: string, args: readonly string[], more: Record<string, string>) {
  return spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", `scripts/${script}.ts`, ...args],
    {
      encoding: "utf8",
      env: { ...env, ...more },
      input: "a password long enough\n",
      timeout: 60_000,
    },
  );
}

/** An export whose reader is gone before it begins, as after `export | head`. */
async function exportToNobody(): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "scripts/admin.ts", "export"],
    {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { code, stderr };
}

function textIn(file: string): string | null {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

async function runLater(
  script: string,
  more: Record<string, string>,
): Promise<{ status: number | null; stderr: string }> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", `scripts/${script}.ts`], {
    env: { ...env, ...more },
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const status = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { status, stderr };
}

/** A process that opens the database and holds it, as `npm start` does. */
async function holdDatabase(): Promise<ChildProcess> {
  const program = `
    import { openDatabase } from "./scripts/database/open-database.ts";
    await openDatabase(process.env.COUNTERSIGN_DATA_DIR);
    process.stdout.write("open");
    setInterval(() => undefined, 1000);`;
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "-e", program],
    { env, stdio: ["ignore", "pipe", "inherit"] },
  );
  await new Promise((resolve) => child.stdout.once("data", resolve));
  expect(readFileSync(join(folder, "data", "postgres", "postmaster.pid"), "utf8")).toMatch(/^\d+\n/);
  return child;
}
