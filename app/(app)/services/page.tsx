import type { Metadata } from "next";
import { now } from "#lib/clock.ts";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { maySomewhere } from "#lib/domain/policy.ts";
import { listRepositories } from "#lib/queries/list-repositories.ts";
import { listServices } from "#lib/queries/list-services.ts";
import { RepositoriesTable } from "#components/services/repositories-table.tsx";
import { ServicesTable } from "#components/services/services-table.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Services" };

export default async function ServicesPage() {
  const actor = await actorForPage("/services");
  const mayFree = maySomewhere(actor, "service.free-repository");
  const [services, repositories] = await Promise.all([
    listServices(actor),
    mayFree ? listRepositories(actor) : [],
  ]);
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="Services"
        description="What runs of each service, how its newest deployment stands, and what Countersign checks by itself."
      />
      <Panel aria-label="Services">
        {services.length === 0 ? (
          <EmptyState
            icon="server"
            title="No service yet"
            action={
              maySomewhere(actor, "deployment.open") && (
                <ButtonLink href="/deployments/new" variant="primary">
                  Open the first deployment
                </ButtonLink>
              )
            }
          >
            A service appears here with its first deployment.
          </EmptyState>
        ) : (
          <ServicesTable services={services} now={now()} />
        )}
      </Panel>
      {repositories.length > 0 && (
        <Panel aria-labelledby="repositories">
          <PanelHeader
            id="repositories"
            title="Repositories on GitHub"
            description="The team that names a repository and environment first answers GitHub for it."
          />
          <RepositoriesTable repositories={repositories} />
        </Panel>
      )}
    </PageContainer>
  );
}
