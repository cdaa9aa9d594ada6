import type { Metadata } from "next";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { listServices } from "#lib/queries/list-services.ts";
import { ServicesTable } from "#components/services/services-table.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Services" };

export default async function ServicesPage() {
  const actor = await actorForPage("/services");
  const services = await listServices(actor);
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="Services"
        description="What is deployed, and where Countersign looks by itself while a phase is open."
      />
      <Panel aria-label="Services">
        {services.length === 0 ? (
          <EmptyState icon="server" title="No service yet">
            A service appears here with its first deployment.
          </EmptyState>
        ) : (
          <ServicesTable services={services} />
        )}
      </Panel>
    </PageContainer>
  );
}
