import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { recordId } from "#lib/domain/inputs/text.ts";
import { Rejection } from "#lib/domain/rejection.ts";
import { getService } from "#lib/queries/list-services.ts";
import { ServiceChecksForm } from "#components/services/service-checks-form.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: "Service" };

export default async function ServicePage({ params }: Props) {
  const { id } = await params;
  const actor = await actorForPage(`/services/${id}`);
  if (!recordId.safeParse(id).success) notFound();
  const service = await getService(actor, id).catch((error: unknown) => {
    if (error instanceof Rejection) notFound();
    throw error;
  });
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title={service.name}
        description={`${service.team}. Countersign looks at these addresses while a phase is open, and once more when a gate is asked. Private addresses need the administrator's leave.`}
      />
      <ServiceChecksForm service={service} />
    </PageContainer>
  );
}
