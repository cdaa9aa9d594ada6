import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { Pool } from "pg";
import { findToken } from "#lib/auth/find-token.ts";
import { noteAccess } from "#lib/db/access-log.ts";
import { recordDelivery } from "#lib/db/deliveries.ts";
import { env } from "#lib/env.ts";
import { claimKey } from "#lib/services/idempotency.ts";
import { fanOut } from "#lib/services/fan-out.ts";
import { recordLook } from "#lib/services/looks.ts";
import { chooseWay } from "#lib/services/notifications.ts";
import { askToEnrol } from "#lib/services/passkeys.ts";
import { receiveProtectionRequest } from "#lib/services/protection-requests.ts";
import { saveView } from "#lib/services/saved-views.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import { signIn } from "#lib/services/sign-in.ts";
import { createToken } from "#lib/services/tokens.ts";
import { beginTotp, confirmTotp } from "#lib/services/totp-factor.ts";
import { totpFor } from "#lib/services/totp.ts";
import { runVerification } from "#lib/services/verifications.ts";
import { emailOf, inSession, makePerson, openRecord, PASSWORD, type Team } from "#test/support/factories.ts";
import { hold } from "./counter-example.ts";
import { INSTALLATION_WRITES } from "./installation-writes.ts";
import { RECORD_WRITES } from "./record-writes.ts";

const STEP_MS = 30_000;

/** Somebody who signs in with a password and a one-time code. */
export type WithCodes = { readonly email: string; readonly secret: string };

/** Fills every table, by the app's own verbs: each write once, and what leaves no event besides. */
export async function fillEveryTable(team: Team, superuser: Pool): Promise<WithCodes> {
  const admin = await inSession(await makePerson("admin", null));
  const peer = createServer((_request, response) => response.writeHead(200).end());
  await new Promise<void>((resolve) => peer.listen(0, "127.0.0.1", resolve));
  const address = peer.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const scene = { team, admin, url: `http://127.0.0.1:${port}/health` };
  try {
    for (const prepare of Object.values({ ...RECORD_WRITES, ...INSTALLATION_WRITES })) {
      const write = await prepare(scene);
      // A live check looks again after a minute; here at once.
      await superuser.query("DELETE FROM rate_limits");
      await write();
    }
  } finally {
    peer.close();
  }
  const withCodes = await somebodyWithCodes(team);
  await besideEvents(team, withCodes);
  await refuseEmpty(superuser);
  return withCodes;
}

async function besideEvents(team: Team, { email }: WithCodes): Promise<void> {
  const id = await openRecord(team);
  const callbackUrl = `${env().GITHUB_API_URL}/repos/a/b/actions/runs/1/deployment_protection_rule`;
  await signIn(email, PASSWORD, "127.0.0.1");
  await signIn(await emailOf(team.lead), PASSWORD, "127.0.0.1");
  await askToEnrol(await inSession(team.sre), { origin: "http://localhost" });
  const engineer = await inSession(team.engineer);
  await findToken(await createToken(engineer, { name: "ci", scopes: ["read"], days: 1 }), "127.0.0.1");
  await claimKey({ caller: team.engineer.id, key: "once", fingerprint: "f", record: id });
  await recordLook(team.sre, { deploymentId: id, seq: 1 });
  await saveView(team.auditor, { page: "history", name: "Signed", query: "type=approval.granted" });
  await chooseWay(team.sre, { kind: "turn", way: "digest" });
  // With a message to the webhook that hears of a rollback, both written above.
  await fanOut();
  await noteAccess(team.auditor, { act: "opened", subject: "record", record: { id, teamId: team.id } });
  await receiveProtectionRequest(randomUUID(), {
    action: "requested",
    environment: "production",
    deployment_callback_url: callbackUrl,
    deployment: { sha: "a".repeat(40) },
    repository: { full_name: "a/b" },
    installation: { id: 1 },
  });
  await runVerification(undefined);
  const sealed = await sealHistory();
  hold(sealed !== null, "there was nothing to seal");
  await recordDelivery(randomUUID(), {
    destination: "file",
    target: "delivered.txt",
    fromSize: sealed.size,
    toSize: sealed.size,
    attemptedAt: sealed.at,
    error: null,
  });
}

async function somebodyWithCodes(team: Team): Promise<WithCodes> {
  const person = await inSession(await makePerson("engineer", team.id));
  const { secret } = await beginTotp(person);
  // With the code of the step before: each is good once, and this one's is to open the restored account.
  await confirmTotp(person, { code: codeAt(secret, Date.now() - STEP_MS) });
  return { email: await emailOf(person), secret };
}

/** The one-time code of a moment. */
export function codeAt(secret: string, timestamp: number): string {
  return totpFor(secret, "").generate({ timestamp });
}

// Found in the catalog, so that a table made later is filled here as well.
async function refuseEmpty(superuser: Pool): Promise<void> {
  const { rows: tables } = await superuser.query<{ name: string }>(
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
  );
  const empty: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await superuser.query(`SELECT FROM ${name} LIMIT 1`);
    if (rowCount === 0) empty.push(name);
  }
  hold(empty.length === 0, `put rows into these tables in proof/support/every-table.ts: ${empty.join(", ")}`);
}
