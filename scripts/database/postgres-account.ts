import { spawnSync } from "node:child_process";
import { chownSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { PlainFailure } from "../runtime/plain-failure.ts";

export type Command = { readonly file: string; readonly args: readonly string[] };

/** How to run Postgres programs: as we are, or, since it refuses root, as an account of its own. */
export type PostgresAccount = {
  readonly run: (file: string, args: readonly string[]) => Command;
  readonly own: (path: string) => void;
};

const ACCOUNT = "postgres";

export function postgresAccount(program: string, dataDir: string): PostgresAccount {
  if (process.getuid?.() !== 0) {
    return {
      run: (file, args) => ({ file, args }),
      own: (path) => mkdirSync(path, { recursive: true, mode: 0o700 }),
    };
  }
  const { uid, gid } = ensureAccount();
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  // A folder that only root may enter (/root) stays closed to others; the server alone may pass.
  const passage = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  const options = reaches(identity, program, dataDir) ? identity : [...identity, ...passage];
  return {
    run: (file, args) => ({ file: "setpriv", args: [...options, file, ...args] }),
    own: (path) => {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      chownSync(path, uid, gid);
    },
  };
}

function ensureAccount(): { uid: number; gid: number } {
  const known = lookUp();
  if (known !== null) return known;
  spawnSync("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    ACCOUNT,
  ]);
  const made = lookUp();
  if (made !== null) return made;
  throw new PlainFailure(
    `Postgres does not run as root, and the account "${ACCOUNT}" could not be made. Run as another user, or set DATABASE_URL.`,
  );
}

function lookUp(): { uid: number; gid: number } | null {
  const id = (flag: string) => spawnSync("id", [flag, ACCOUNT], { encoding: "utf8" });
  const [uid, gid] = [id("-u"), id("-g")];
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

function reaches(identity: readonly string[], program: string, dataDir: string): boolean {
  const can = (flag: string, path: string) =>
    spawnSync("setpriv", [...identity, "test", flag, path]).status === 0;
  return can("-x", program) && can("-x", dataDir) && can("-x", dirname(dataDir));
}
