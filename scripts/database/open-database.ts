import { installationSecret, derivedPassword } from "../runtime/installation-secret.ts";
import { signingKeyPath } from "../runtime/paths.ts";
import { PlainFailure } from "../runtime/plain-failure.ts";
import { runningPostgres, startPostgres } from "./embedded-postgres.ts";
import { migrate } from "./migrate.ts";
import { provisionEmbedded, provisionExternal, type DatabaseUrls } from "./provision.ts";

export type OpenDatabase = DatabaseUrls & {
  readonly embedded: boolean;
  readonly secret: string;
  /** The file of the signing key. */
  readonly signingKey: string;
  readonly close: () => Promise<void>;
};

const DATABASE = "countersign";

/** The migrated database of this installation: `DATABASE_URL`, or the embedded one in the data folder. */
export async function openDatabase(dataDir: string): Promise<OpenDatabase> {
  const secret = installationSecret(dataDir);
  const url = process.env.DATABASE_URL;
  const opened =
    url === undefined || url === "" ? await openEmbedded(dataDir, secret) : await openExternal(url, secret);
  try {
    await migrate(opened.owner);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return { ...opened, secret, signingKey: signingKeyPath(dataDir) };
}

async function openEmbedded(
  dataDir: string,
  secret: string,
): Promise<Omit<OpenDatabase, "secret" | "signingKey">> {
  const password = derivedPassword(secret, "postgres-superuser");
  const { url, stop } = await startPostgres(dataDir, password);
  const urls = await provisionEmbedded(url, secret, DATABASE);
  return { ...urls, embedded: true, close: stop };
}

/** The embedded database while another run serves it; null when none does. */
export async function joinRunningDatabase(dataDir: string): Promise<OpenDatabase | null> {
  const secret = installationSecret(dataDir);
  const url = await runningPostgres(dataDir, derivedPassword(secret, "postgres-superuser"));
  if (url === null) return null;
  const urls = await provisionEmbedded(url, secret, DATABASE);
  const signingKey = signingKeyPath(dataDir);
  return { ...urls, embedded: true, secret, signingKey, close: async () => undefined };
}

async function openExternal(
  url: string,
  secret: string,
): Promise<Omit<OpenDatabase, "secret" | "signingKey">> {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new PlainFailure(
      "DATABASE_URL is no Postgres address: it looks like postgresql://user:password@host:5432/database.",
    );
  }
  const urls = await provisionExternal(url, process.env.DATABASE_APP_URL, secret);
  return { ...urls, embedded: false, close: async () => undefined };
}
