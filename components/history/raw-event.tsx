"use client";

import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import type { EventView } from "#lib/queries/event-view.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

const client = new QueryClient();

type RawEventProps = {
  readonly stream: string;
  readonly seq: number;
  /** Undefined where it is still to be read. */
  readonly whole: EventView | undefined;
};

/** What an event is made of, to the very text that its hash covers. */
export default function RawEvent({ stream, seq, whole }: RawEventProps) {
  return (
    <div className="mx-4 mb-3 rounded-md border border-line bg-sunken px-3 py-2 text-sm">
      {whole === undefined ? (
        <QueryClientProvider client={client}>
          <OfRecord deploymentId={stream} seq={seq} />
        </QueryClientProvider>
      ) : (
        <Parts event={whole} />
      )}
    </div>
  );
}

function Parts({ event }: { event: EventView }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {event.deployment && (
        <>
          <dt className="text-ink-faint">record</dt>
          <dd>
            <a
              href={`/deployments/${event.deployment.id}/history`}
              className="underline decoration-line-strong underline-offset-2"
            >
              {event.deployment.service} {event.deployment.version}
            </a>
          </dd>
        </>
      )}
      {event.deployment && event.removed === null && (
        <>
          <dt className="text-ink-faint">moment</dt>
          <dd>
            <a
              href={`/deployments/${event.deployment.id}/history/as-of?event=${event.seq}`}
              className="underline decoration-line-strong underline-offset-2"
            >
              the record as of event {event.seq}
            </a>
          </dd>
        </>
      )}
      {event.removed !== null && (
        <>
          <dt className="text-ink-faint">content</dt>
          <dd>removed; removal record {event.removed} of the installation’s history tells of it</dd>
        </>
      )}
      <dt className="text-ink-faint">type</dt>
      <dd className="font-mono">{event.type}</dd>
      <dt className="text-ink-faint">hash</dt>
      <dd className="min-w-0 break-all">
        <CopyButton value={event.hash} label="hash" />
      </dd>
      <dt className="text-ink-faint">previous</dt>
      <dd className="min-w-0 break-all">
        {event.prev === null ? (
          "none: the first event"
        ) : (
          <CopyButton value={event.prev} label="previous hash" />
        )}
      </dd>
      <dt className="text-ink-faint">text</dt>
      <dd className="max-h-60 min-w-0 overflow-auto font-mono text-xs break-all" tabIndex={0}>
        {event.body}
      </dd>
    </dl>
  );
}

function OfRecord({ deploymentId, seq }: { deploymentId: string; seq: number }) {
  const { data, isError, refetch } = useQuery({
    queryKey: ["event", deploymentId, seq],
    queryFn: ({ signal }) => fetchEvent(deploymentId, seq, signal),
    staleTime: Infinity,
    networkMode: "always",
    retry: false,
  });
  if (data !== undefined) return <Parts event={data} />;
  if (isError)
    return (
      <span className="flex flex-wrap items-center gap-2">
        The event could not be read.
        <Button size="sm" onClick={() => void refetch()}>
          Try again
        </Button>
      </span>
    );
  return (
    <>
      <span role="status" className="sr-only">
        Loading the event
      </span>
      <Skeleton className="h-32" />
    </>
  );
}

async function fetchEvent(deploymentId: string, seq: number, signal: AbortSignal): Promise<EventView> {
  const answer = await fetch(`/api/v1/deployments/${deploymentId}/events/${seq}`, { signal });
  if (!answer.ok) throw new Error(`reading event ${seq} answered ${answer.status}`);
  return eventIn(await answer.json());
}

// Only `getDeploymentEventEndpoint` answers there.
function eventIn(json: unknown): EventView {
  return json as EventView;
}
