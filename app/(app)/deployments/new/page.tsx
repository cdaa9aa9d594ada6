import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { now } from "#lib/clock.ts";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { maySomewhere } from "#lib/domain/policy.ts";
import { openingChoices } from "#lib/queries/opening-choices.ts";
import { readDeployment } from "../read-deployment.ts";
import { NewDeploymentForm } from "#components/new-deployment/new-deployment-form.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { PageHeader } from "#components/ui/page-header.tsx";

export const metadata: Metadata = { title: "New deployment" };

export default async function NewDeploymentPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await actorForPage("/deployments/new");
  if (!maySomewhere(actor, "deployment.open")) notFound();
  const { after } = await queryOf(searchParams, ["after"]);
  const [choices, predecessor] = await Promise.all([
    openingChoices(actor),
    after === undefined ? null : readDeployment(after),
  ]);
  return (
    <PageContainer narrow className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
      <PageHeader
        title={predecessor === null ? "New deployment" : `Re-deploy ${predecessor.service.name}`}
        description={
          predecessor === null
            ? "Opens a record with its own copy of the checklist."
            : `Follows ${predecessor.details.version}, which is ${predecessor.status.replace("-", " ")}. Give the new version and date.`
        }
      />
      <NewDeploymentForm choices={choices} predecessor={predecessor} now={now()} />
    </PageContainer>
  );
}
