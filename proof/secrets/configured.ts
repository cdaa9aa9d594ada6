import { deliverCheckpoints } from "#lib/services/deliver-checkpoints.ts";
import { sealHistory } from "#lib/services/seal-history.ts";
import type { Canaries } from "./canaries.ts";

/** Nobody listens there. */
const NOWHERE = "127.0.0.1:9";

/** Sets every secret that an installation can be configured with, before the app starts. */
export function configureSecrets({ mint }: Canaries): void {
  const webhook = `operator:${mint("account of the checkpoint webhook")}@${NOWHERE}`;
  const address = `http://${webhook}/${mint("path of the checkpoint webhook")}?key=${mint("query of the checkpoint webhook")}`;
  const mail = `smtp://operator:${mint("account of the mail server")}@${NOWHERE}`;
  const authorization = `Bearer ${mint("credential of live checks")}`;
  const origins = { [`http://${NOWHERE}`]: { authorization, teams: "*" } };
  Object.assign(process.env, {
    GITHUB_WEBHOOK_SECRET: mint("secret of GitHub's webhook"),
    COUNTERSIGN_CHECKPOINT_WEBHOOK: address,
    COUNTERSIGN_CHECKPOINT_MAIL: "auditor@test.example",
    COUNTERSIGN_MAIL_FROM: "countersign@test.example",
    COUNTERSIGN_SMTP_URL: mail,
    COUNTERSIGN_CHECK_CREDENTIALS: JSON.stringify(origins),
  });
}

/** Sends checkpoints to where nobody takes them; the reasons are kept for auditors, and logged. */
export async function deliverInVain(): Promise<void> {
  await sealHistory();
  for (const kind of ["webhook", "mail"]) {
    const failed = await deliverCheckpoints(kind).then(
      () => null,
      (error: unknown) => error,
    );
    if (failed === null) throw new Error(`a checkpoint arrived by ${kind} where nobody listens`);
    console.error(`job failed`, failed);
  }
}
