import type { DeliveryView, ProofState } from "#lib/queries/proof-state.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";
import { Time } from "#components/ui/time.tsx";
import { plural } from "./plural.ts";

type DeliveriesPanelProps = Pick<ProofState, "deliveries" | "checkpoint"> & { readonly now: string };

/** Where checkpoints go outside, and whether they arrive. */
export function DeliveriesPanel({ deliveries, checkpoint, now }: DeliveriesPanelProps) {
  return (
    <Panel aria-labelledby="deliveries">
      <PanelHeader
        id="deliveries"
        title="Delivered outside"
        description="What is out of reach of whoever runs this server holds even against them."
      />
      {deliveries.length === 0 ? (
        <p className="px-4 py-3">
          <Badge tone="attention">nowhere</Badge> Checkpoints stay on this server. Whoever holds both the
          database and the key could write another past.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {deliveries.map((delivery) => (
            <li key={delivery.kind + delivery.target} className="grid gap-0.5 px-4 py-2">
              <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <StateBadge delivery={delivery} size={checkpoint?.size ?? 0} />
                <span>{KIND_TITLES[delivery.kind]}</span>
                <span className="min-w-0 font-mono text-sm break-all">{delivery.target}</span>
              </div>
              <p className="text-sm break-words text-ink-faint">
                {delivery.arrived === null ? (
                  "Nothing has arrived yet."
                ) : (
                  <>
                    Last arrived <Time at={delivery.arrived.at} now={now} />, over{" "}
                    {plural(delivery.arrived.size, "event")}.
                  </>
                )}
                {delivery.error !== null && ` Last attempt: ${delivery.error}`}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function StateBadge({ delivery: { error, arrived }, size }: { delivery: DeliveryView; size: number }) {
  if (error !== null) return <Badge tone="blocked">does not arrive</Badge>;
  if (arrived === null) return <Badge tone="waiting">waits</Badge>;
  return arrived.size >= size ? (
    <Badge tone="done">up to date</Badge>
  ) : (
    <Badge tone="waiting">next one waits</Badge>
  );
}

const KIND_TITLES = { file: "File", webhook: "Address", mail: "Mailbox" } as const;
