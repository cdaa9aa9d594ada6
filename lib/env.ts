import { z } from "zod";
import { checkCredentials } from "#lib/domain/inputs/check-credentials.ts";

const schema = z.object({
  /** The connection of the app's own role, which owns nothing. */
  APP_DATABASE_URL: z.url(),
  /** Secret of the installation: at least 32 characters. */
  COUNTERSIGN_SECRET: z.string().min(32),
  /** Origins that browsers may write from, comma-separated; the first is the canonical one. */
  COUNTERSIGN_ORIGIN: z
    .string()
    .transform((list) => list.split(",").map((origin) => new URL(origin.trim()).origin))
    .pipe(z.array(z.string()).min(1)),
  /** The demo team exists and its people may sign in with one click. */
  COUNTERSIGN_EVALUATION: z.literal("1").optional(),
  COUNTERSIGN_DEMO_PASSWORD: z.string().min(8).default("countersign-demo"),
  /** Address ranges, comma-separated CIDR, that live checks may reach though they are private. */
  COUNTERSIGN_CHECK_RANGES: z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((range) => range.trim())
        .filter((range) => range !== ""),
    ),
  /** A JSON object from origin to the Authorization header that live checks of the named teams send there. */
  COUNTERSIGN_CHECK_CREDENTIALS: z
    .string()
    .default("{}")
    .transform((json) => JSON.parse(json))
    .pipe(checkCredentials),
  /** A file with certificates of authorities that live checks trust besides the usual ones. */
  COUNTERSIGN_CHECK_CA: z.string().optional(),
  /** The file of the signing key: apart from the database, made when it is missing. */
  COUNTERSIGN_SIGNING_KEY: z.string().optional(),
  /** Where checkpoints of the history go: a file they are appended to, an address they are posted to, a mailbox. */
  COUNTERSIGN_CHECKPOINT_FILE: z.string().optional(),
  COUNTERSIGN_CHECKPOINT_WEBHOOK: z.url({ protocol: /^https?$/ }).optional(),
  COUNTERSIGN_CHECKPOINT_MAIL: z.email().optional(),
  /** The mail server, as smtp:// or smtps:// with its account, and whom its mail comes from. */
  COUNTERSIGN_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  COUNTERSIGN_MAIL_FROM: z.string().optional(),
  /** The GitHub App whose deployment protection rule this installation answers. */
  GITHUB_APP_ID: z.string().optional(),
  GITHUB_APP_PRIVATE_KEY: z.string().optional(),
  GITHUB_WEBHOOK_SECRET: z.string().min(16).optional(),
  GITHUB_API_URL: z.url().default("https://api.github.com"),
  /** A file with an offset in milliseconds that moves the clock: for tests and the demo's past. */
  COUNTERSIGN_CLOCK_FILE: z.string().optional(),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** The configuration, read once. Rejects with every variable that is missing or wrong. */
export function env(): Env {
  parsed ??= schema.parse(process.env);
  return parsed;
}

/** The address by which people reach the app. */
export function canonicalOrigin(): string {
  const [origin] = env().COUNTERSIGN_ORIGIN;
  if (origin === undefined) throw new Error("COUNTERSIGN_ORIGIN is empty");
  return origin;
}
