import { cursorInAddress } from "#lib/queries/cursor.ts";
import { actorForPage } from "#lib/auth/current-actor.ts";
import { maySomewhere } from "#lib/domain/policy.ts";
import { chainState } from "#lib/queries/chain-state.ts";
import { peopleOfDeployment } from "#lib/queries/history-choices.ts";
import { listDeploymentEvents } from "#lib/queries/list-events.ts";
import { readDeployment } from "../../../read-deployment.ts";
import { ChainStateLine } from "#components/history/chain-state.tsx";
import { EventFilters } from "#components/history/event-filters.tsx";
import { exportFold } from "#components/history/export-fold.tsx";
import { EventList } from "#components/history/event-list.tsx";
import { NoEvents } from "#components/history/no-events.tsx";
import { RefreshOnChange } from "#components/live/refresh-on-change.tsx";
import { CompareForm } from "#components/history/moment-forms.tsx";
import { filtersFold } from "#components/shell/filters.tsx";
import { queryOf, type SearchParams } from "#components/shell/search-params.ts";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PhoneFolds, type PhoneFold } from "#components/ui/phone-folds.tsx";

const PAGE = 50;

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

export default async function DeploymentHistoryPage({ params, searchParams }: Props) {
  const { id } = await params;
  await readDeployment(id);
  const actor = await actorForPage(`/deployments/${id}/history`);
  const query = await queryOf(searchParams, ["text", "type", "actor", "item", "cursor"]);
  const [page, state, people] = await Promise.all([
    listDeploymentEvents(actor, id, {
      text: query.text?.slice(0, 200),
      type: query.type,
      actorId: query.actor,
      item: query.item,
      cursor: cursorInAddress(query.cursor, "event"),
      limit: PAGE,
    }),
    chainState(id),
    peopleOfDeployment(id),
  ]);
  const path = `/deployments/${id}/history`;
  const next = new URLSearchParams({ ...query, cursor: page.nextCursor ?? "" });
  const verify = maySomewhere(actor, "history.verify") ? `/proof?deployment=${id}` : null;
  const more: readonly PhoneFold[] = [
    {
      label: "Compare",
      icon: "history",
      everywhere: true,
      content: <CompareForm id={id} from="1" to={String(state.events)} />,
    },
    exportFold("Export this record", downloadsOf(id)),
  ];
  const { cursor: _place, ...inUse } = query;
  const filters = filtersFold(inUse, <EventFilters action={path} query={query} people={people} />);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <RefreshOnChange deployment={id} />
      <PhoneFolds
        lead={<ChainStateLine state={state} verify={verify} />}
        folds={state.stone === null ? [...more, filters] : [filters]}
      />
      <Panel className="overflow-hidden">
        {page.events.length === 0 ? (
          <NoEvents query={query} all={path} />
        ) : (
          <EventList key={query.cursor} events={page.events} />
        )}
      </Panel>
      <Pagination
        label="Pages of events"
        previousHref={query.cursor && path}
        nextHref={page.nextCursor === null ? undefined : `${path}?${next}`}
      />
    </div>
  );
}

function downloadsOf(id: string) {
  const path = `/api/v1/deployments/${id}`;
  return [
    { href: `${path}/bundle`, label: "Signed bundle" },
    { href: `${path}/export?format=pdf`, label: "PDF" },
    { href: `${path}/export?format=markdown`, label: "Markdown" },
    { href: `${path}/events/export?format=csv`, label: "CSV" },
    { href: `${path}/events/export?format=jsonl`, label: "JSON Lines" },
  ];
}
