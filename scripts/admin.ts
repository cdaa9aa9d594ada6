import { Command } from "commander";
import { backup, restore } from "./admin/backup.ts";
import { createUser, grantRoleByEmail } from "./admin/people.ts";
import { createToken } from "./admin/tokens.ts";
import { exportHistory, isReaderGone } from "./admin/export.ts";
import { printPublicKey } from "./admin/public-key.ts";
import { verify } from "./admin/verify-history.ts";
import { withDatabase } from "./admin/with-database.ts";
import { runMain } from "./runtime/plain-failure.ts";

// `npm run admin -- <command>`: for whoever runs the server. Acts as the system itself.
const program = new Command("npm run admin --").description("Administers this installation of Countersign.");

program
  .command("create-user")
  .description("add a person; the password is read from standard input")
  .requiredOption("--email <email>")
  .requiredOption("--name <name>")
  .action((options) => withDatabase(() => createUser(options)));

program
  .command("grant-role")
  .description("give a person a role, for one team or for all")
  .requiredOption("--email <email>")
  .requiredOption("--role <role>")
  .option("--team <name>", "the team; all teams without it")
  .action((options) => withDatabase(() => grantRoleByEmail(options)));

program
  .command("create-token")
  .description("make an API token that acts as a person; prints the token alone, this once")
  .requiredOption("--user <email>")
  .requiredOption("--name <name>")
  .requiredOption("--scope <scopes>", "read, evidence, write; separated by commas")
  .option("--days <days>", "days until it ends", "90")
  .action((options) => withDatabase(() => createToken(options)));

program
  .command("verify-history")
  .description("check every event of every record and the log; exits with 1 and names each flaw")
  .option("--checkpoints <file>", "checkpoints that were delivered outside; the history must continue each")
  .action((options) => withDatabase(() => verify(options)));

program
  .command("public-key")
  .description(
    "print the key that checkpoints and bundles are verified with; its fingerprint goes to standard error",
  )
  .action(() => withDatabase(printPublicKey));

program
  .command("export")
  .description("write the history, or one record's filled checklist, to standard output")
  .option("--deployment <id>", "one record only")
  .option("--format <format>", "jsonl, csv, or markdown for one record", "jsonl")
  .action((options) => withDatabase(() => exportHistory(options)));

program
  .command("backup")
  .description("write everything in the database, as of now, to one compressed file")
  .argument("<file>")
  .action((file) => withDatabase(({ owner }) => backup(owner, file)));

program
  .command("restore")
  .description("load a backup into an empty installation of the same version")
  .argument("<file>")
  .action((file) => withDatabase(({ owner }) => restore(owner, file)));

// Whoever reads has seen enough: `export | head`.
process.stdout.on("error", (error) => {
  if (!isReaderGone(error)) throw error;
});

await runMain(async () => {
  await program.parseAsync();
});
