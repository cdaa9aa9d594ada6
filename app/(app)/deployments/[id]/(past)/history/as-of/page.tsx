import { actorForPage } from "#lib/auth/current-actor.ts";
import { getPastDeployment } from "#lib/queries/past-deployment.ts";
import { readDeployment } from "../../../../read-deployment.ts";
import { orNotFound } from "../or-not-found.ts";
import { PastBanner } from "#components/history/past-banner.tsx";
import { PastHeader } from "#components/history/past-header.tsx";
import { PastRecord } from "#components/history/past-record.tsx";
import { queryOf, type SearchParams } from "#components/shell/search-params.ts";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

/** The record right after one of its events: `?event=57`, or `?time=2026-11-24T10:41`. */
export default async function AsOfPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { revision } = await readDeployment(id);
  const actor = await actorForPage(`/deployments/${id}/history/as-of`);
  const { event, time } = await queryOf(searchParams, ["event", "time"]);
  const past = await orNotFound(getPastDeployment(actor, id, event ?? time ?? String(revision)));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <PastHeader {...past.deployment} />
      <PastBanner id={id} seq={past.seq} at={past.at} total={past.total} marks={past.marks} />
      <PastRecord deployment={past.deployment} />
    </div>
  );
}
