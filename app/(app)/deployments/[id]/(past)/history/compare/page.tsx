import { actorForPage } from "#lib/auth/current-actor.ts";
import { compareMoments } from "#lib/queries/past-deployment.ts";
import { readDeployment } from "../../../../read-deployment.ts";
import { orNotFound } from "../or-not-found.ts";
import { formatSecond } from "#components/clock/format-clock.ts";
import { DifferenceList } from "#components/history/difference-list.tsx";
import { CompareForm } from "#components/history/moment-forms.tsx";
import { PastHeader } from "#components/history/past-header.tsx";
import { queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Notice } from "#components/ui/notice.tsx";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

/** What differs between two moments of the record: `?from=12&to=57`, or times. */
export default async function ComparePage({ params, searchParams }: Props) {
  const { id } = await params;
  const { revision } = await readDeployment(id);
  const actor = await actorForPage(`/deployments/${id}/history/compare`);
  const { from = "1", to = String(revision) } = await queryOf(searchParams, ["from", "to"]);
  const compared = await orNotFound(compareMoments(actor, id, from, to));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <PastHeader {...compared.to.deployment} />
      <Notice icon="history" title={`From event ${compared.from.seq} to event ${compared.to.seq}`}>
        <p>{span(compared.from.at, compared.to.at)}, replayed from the history.</p>
        <div className="mt-2 flex flex-wrap items-end gap-2">
          <CompareForm id={id} from={from} to={to}>
            <ButtonLink href={`/deployments/${id}/history`}>Back to the history</ButtonLink>
          </CompareForm>
        </div>
      </Notice>
      <DifferenceList differences={compared.differences} />
    </div>
  );
}

function span(from: string, to: string): string {
  const [first, last] = [from, to].map((at) => formatSecond(Date.parse(at)));
  return first === last ? `Both at ${first}` : `${first} to ${last}`;
}
