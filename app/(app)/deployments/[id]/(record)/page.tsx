import { actorForPage } from "#lib/auth/current-actor.ts";
import { itemsChangedSinceLook } from "#lib/queries/changes-since-look.ts";
import { Checklist } from "#components/deployment/checklist.tsx";
import { readDeployment } from "../../read-deployment.ts";

export default async function ChecklistPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await readDeployment(id);
  const actor = await actorForPage(`/deployments/${id}`);
  return <Checklist changed={await itemsChangedSinceLook(actor, id)} />;
}
