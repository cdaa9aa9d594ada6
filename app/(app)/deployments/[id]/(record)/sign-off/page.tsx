import { actorForPage } from "#lib/auth/current-actor.ts";
import { changesSinceLook } from "#lib/queries/changes-since-look.ts";
import { proofChoices } from "#lib/queries/proof-choices.ts";
import { DiscussionPanel } from "#components/comments/discussion-panel.tsx";
import { SignOffPanel } from "#components/deployment/sign-off-panel.tsx";
import { readDeployment } from "../../../read-deployment.ts";

export default async function SignOffPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await readDeployment(id);
  const actor = await actorForPage(`/deployments/${id}/sign-off`);
  const [changes, choices] = await Promise.all([changesSinceLook(actor, id), proofChoices(actor, id)]);
  return (
    <div className="grid gap-4">
      <SignOffPanel changes={changes} choices={choices} />
      <DiscussionPanel />
    </div>
  );
}
