import { Pool } from "pg";
import type { Figures, Report } from "#scripts/proof/promise.ts";
import { APP_ROLE } from "#scripts/database/provision.ts";
import { makeActionWorld, type ActionWorld } from "#test/support/action-rows.ts";
import { openRecord } from "#test/support/factories.ts";
import { makeCanaries, type Canaries, type Found } from "./secrets/canaries.ts";
import { configureSecrets, deliverInVain } from "./secrets/configured.ts";
import { livesOfSecrets } from "./secrets/lives.ts";
import { readAllTables } from "./secrets/what-is-kept.ts";
import { waysIn, type Way } from "./secrets/ways-in.ts";
import { withApp } from "./support/app.ts";
import { hold } from "./support/counter-example.ts";
import { inParallel } from "./support/in-parallel.ts";

export const title = "No secret gets into logs, histories, jobs or answers, whichever way it comes in";
export const sizes = { unit: "rounds", ci: 1, long: 20 };

type Answered = { readonly where: string; readonly text: string };

/**
 * Puts a secret of its own into every way in, while all is well, while nothing can be written and while
 * nothing can be read, and looks for each in all that was written, kept and answered.
 */
export async function run(size: number, report: Report, _seed: number): Promise<Figures> {
  const canaries = makeCanaries();
  const written: string[] = [];
  const silence = hearConsole((text) => written.push(text));
  configureSecrets(canaries);
  try {
    return await withApp(
      async ({ database, secret }) => {
        canaries.keep("the installation's secret", secret);
        const owner = new Pool({ connectionString: database.owner, max: 2 });
        const answers: Answered[] = [];
        for (let round = 0; round < size; round += 1) {
          const world = await makeActionWorld();
          answers.push(...(await livesOfSecrets(canaries, world)));
          answers.push(...(await send(await waysIn(canaries, world))));
          await deliverInVain();
        }
        await holdThatItWouldBeFound(owner, await makeActionWorld(), (text) =>
          written.join("").includes(text),
        );
        const well = answers.length;
        report(`${well} requests while all is well`);
        const faulty = await waysIn(canaries, await makeActionWorld());
        await owner.query(`REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public FROM ${APP_ROLE}`);
        await owner.query(`GRANT INSERT, UPDATE, DELETE ON rate_limits TO ${APP_ROLE}`);
        answers.push(...(await send(faulty)));
        await owner.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${APP_ROLE}`);
        answers.push(...(await send(faulty)));
        const faults = written.join("").split("fault ").length - 1;
        report(
          `${answers.length - well} requests to an app that cannot write or read, ${faults} faults logged`,
        );
        hold(faults > 0, "nothing failed, so that no log of a failure was looked at");
        const found = [...(await findAll(canaries, owner, written.join(""), answers))];
        await owner.end();
        hold(found.length === 0, found.map(({ kind, where }) => `${kind} in ${where}`).join("; "));
        return {
          "kinds of secrets": canaries.kinds(),
          secrets: canaries.secrets(),
          requests: answers.length,
          "faults logged": faults,
          "found again": 0,
        };
      },
      (text) => written.push(text),
    );
  } finally {
    silence();
  }
}

/** A secret that somebody wrote where everybody reads is found in the tables, and one logged in the log. */
async function holdThatItWouldBeFound(
  owner: Pool,
  { team }: ActionWorld,
  isWritten: (text: string) => boolean,
): Promise<void> {
  const control = makeCanaries();
  const name = control.mint("control");
  await openRecord(team, { version: name });
  const tables = new Set<string>();
  await readAllTables(owner, (table, text) => control.find(text, table).forEach(() => tables.add(table)));
  hold(tables.has("public.events") && tables.has("public.deployments"), "a secret in tables is not found");
  console.error(new Error("control", { cause: name }));
  hold(isWritten(name), "a secret in a log is not found");
}

async function send(ways: readonly Way[]): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  await inParallel(8, ways, async ({ where, ask }) => {
    const text = await ask();
    answers.push({ where, text });
  });
  return answers;
}

async function findAll(
  canaries: Canaries,
  owner: Pool,
  written: string,
  answers: readonly Answered[],
): Promise<readonly Found[]> {
  const found = [...canaries.find(written, "what the app and its jobs wrote")];
  for (const { where, text } of answers) found.push(...canaries.find(text, `the answer to ${where}`));
  const tables = await readAllTables(owner, (table, text) => found.push(...canaries.find(text, table)));
  hold(tables > 30, "the tables were not read");
  return found;
}

/** Hears what the services of this process write, too, until it is told to stop. */
function hearConsole(heard: (text: string) => void): () => void {
  const { error, warn } = console;
  const hear = (...parts: readonly unknown[]) => heard(`${parts.map(asText).join(" ")}\n`);
  Object.assign(console, { error: hear, warn: hear });
  return () => void Object.assign(console, { error, warn });
}

function asText(part: unknown): string {
  return part instanceof Error ? `${part.stack} ${JSON.stringify(part)} ${String(part.cause)}` : String(part);
}
