import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { now } from "#lib/clock.ts";
import { mayEverywhere } from "#lib/domain/policy.ts";
import { listDeadJobs } from "#lib/queries/list-dead-jobs.ts";
import { DeadJobsTable } from "#components/jobs/dead-jobs-table.tsx";
import { PageContainer } from "#components/shell/page-container.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";

export const metadata: Metadata = { title: "Jobs" };

export default async function JobsPage() {
  const actor = await actorForPage("/jobs");
  if (!mayEverywhere(actor, "jobs.manage")) notFound();
  const jobs = await listDeadJobs(actor);
  return (
    <PageContainer className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <PageHeader
        title="Failed jobs"
        description="Checks, notifications, answers to GitHub and tidying up that failed each time they were tried."
      />
      <Panel aria-label="Failed jobs">
        {jobs.length === 0 ? (
          <EmptyState icon="check-all" title="No job has failed">
            A job is tried five times, a message ten times, with growing pauses, before it stands here.
          </EmptyState>
        ) : (
          <DeadJobsTable jobs={jobs} now={now()} />
        )}
      </Panel>
    </PageContainer>
  );
}
