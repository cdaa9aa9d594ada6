import type { Metadata } from "next";
import type { ReactNode } from "react";
import { readDeployment } from "../../read-deployment.ts";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { proofChoices } from "#lib/queries/proof-choices.ts";
import { ActivityLine } from "#components/deployment/activity-line.tsx";
import { BlockersPanel } from "#components/deployment/blockers-panel.tsx";
import { ClosingSummary } from "#components/deployment/closing-summary.tsx";
import { DeploymentHeader } from "#components/deployment/deployment-header.tsx";
import { DeploymentProvider } from "#components/deployment/deployment-provider.tsx";
import { RecordNotices } from "#components/deployment/record-notices.tsx";
import { PhaseRail } from "#components/deployment/phase-rail.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { cn } from "#components/ui/class-names.ts";
import { GoShortcuts } from "#components/shell/go-shortcuts.tsx";
import { TabLinks } from "#components/ui/tab-links.tsx";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { service, details } = await readDeployment((await params).id);
  return { title: `${service.name} ${details.version}` };
}

/** What stands on every tab of a record: what it is, where it stands, what stops it. */
export default async function DeploymentLayout({ children, params }: Props) {
  const { id } = await params;
  const view = await readDeployment(id);
  const { setLegalHold, liftLegalHold } = view.abilities;
  const holds = setLegalHold.allowed || liftLegalHold.allowed;
  const choices = holds ? await proofChoices(await actorForPage(`/deployments/${id}`)) : null;
  const tabs = [
    { href: `/deployments/${id}`, label: "Checklist" },
    { href: `/deployments/${id}/sign-off`, label: "Sign-off" },
    { href: `/deployments/${id}/slo`, label: "SLO" },
    { href: `/deployments/${id}/history`, label: "History", nested: true },
  ];
  return (
    <PageContainer>
      <GoShortcuts targets={[{ key: "w", href: `/deployments/${id}/war-room` }]} />
      <DeploymentProvider json={JSON.stringify(view)}>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <DeploymentHeader choices={choices} />
          <RecordNotices />
          <PhaseRail />
          <ClosingSummary />
          <div className="flex flex-col gap-4 lg:flex-row lg:items-start">
            <div className="min-w-0 grow">
              <TabLinks label="Parts of this deployment" tabs={tabs} aside={<ActivityLine />} />
              <div className="mt-3">{children}</div>
            </div>
            <aside
              aria-label="What comes next"
              className={cn(
                "-mx-3 empty:hidden sm:mx-0 lg:sticky lg:top-4 lg:w-80 lg:shrink-0",
                view.ended === null && "max-lg:sticky max-lg:bottom-0",
              )}
            >
              <BlockersPanel />
            </aside>
          </div>
        </div>
      </DeploymentProvider>
    </PageContainer>
  );
}
