import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { recordId } from "#lib/domain/inputs/text.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { now } from "#lib/clock.ts";
import { listBoard } from "#lib/queries/board.ts";
import { getService } from "#lib/queries/list-services.ts";
import { serviceState } from "#lib/queries/service-state.ts";
import { DeploymentsTable } from "#components/board/deployments-table.tsx";
import { ServiceChecksForm } from "#components/services/service-checks-form.tsx";
import { ServiceStatePanels } from "#components/services/service-state-panels.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";

type Props = { params: Promise<{ id: string }> };

/** The board has the others. */
const SHOWN = 8;

export const metadata: Metadata = { title: "Service" };

export default async function ServicePage({ params }: Props) {
  const { id } = await params;
  const actor = await actorForPage(`/services/${id}`);
  if (!recordId.safeParse(id).success) notFound();
  const service = await getService(actor, id).catch((error: unknown) => {
    if (error instanceof Rejection) notFound();
    throw error;
  });
  const [state, { rows }] = await Promise.all([
    serviceState(id),
    listBoard(actor, { serviceId: id, limit: SHOWN }),
  ]);
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        eyebrow={
          <>
            <Link href="/services" className="hover:underline">
              Services
            </Link>{" "}
            / {service.team}
          </>
        }
        title={service.name}
      />
      <ServiceStatePanels state={state} now={now()} />
      <Panel aria-labelledby="deployments">
        <PanelHeader
          id="deployments"
          title="Deployments"
          description="The most urgent first, then the newest."
          actions={
            <ButtonLink href={`/deployments?${new URLSearchParams({ q: service.name })}`}>
              All on the board
            </ButtonLink>
          }
        />
        <DeploymentsTable rows={rows} now={now()} label={`Deployments of ${service.name}`} ofOneService />
      </Panel>
      <section aria-labelledby="live-checks" className="mt-2 grid gap-3">
        <div>
          <h2 id="live-checks" className="text-lg font-semibold">
            Live checks
          </h2>
          <p className="max-w-prose text-ink-muted">
            Countersign looks at these addresses while a phase is open, and once more before a gate opens.
            Leave empty what is not to be checked. An address inside your network works only where whoever
            runs this server allows it.
          </p>
        </div>
        <ServiceChecksForm service={service} />
      </section>
    </PageContainer>
  );
}
