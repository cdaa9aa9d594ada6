import type { Metadata } from "next";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { listDeploymentEvents } from "#lib/queries/list-events.ts";
import { roleHolders } from "#lib/queries/role-holders.ts";
import { readDeployment } from "../../../../(app)/deployments/read-deployment.ts";
import { DeploymentProvider } from "#components/deployment/deployment-provider.tsx";
import { RefreshOnChange } from "#components/live/refresh-on-change.tsx";
import { EVENTS_SHOWN } from "#components/war-room/events-shown.ts";
import { WarRoom } from "#components/war-room/war-room.tsx";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { service, details } = await readDeployment((await params).id);
  return { title: `War room: ${service.name} ${details.version}` };
}

/** Deployment day on one screen: the clocks, whose turn it is, what stops us, how the service does. */
export default async function WarRoomPage({ params }: Props) {
  const { id } = await params;
  const actor = await actorForPage(`/deployments/${id}/war-room`);
  const view = await readDeployment(id);
  const [holders, { events }] = await Promise.all([
    roleHolders(actor, view.team.id),
    listDeploymentEvents(actor, id, { limit: EVENTS_SHOWN }),
  ]);
  return (
    <DeploymentProvider json={JSON.stringify(view)}>
      <RefreshOnChange of="surroundings" />
      <WarRoom
        holders={holders}
        events={events.map(({ seq, at, actor: { name }, predicate }) => ({ seq, at, name, predicate }))}
      />
    </DeploymentProvider>
  );
}
