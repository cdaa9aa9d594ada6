import type { DeliveryView, ProofState } from "#lib/queries/proof-state.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";
import { Time } from "#components/ui/time.tsx";
import { plural } from "#components/ui/plural.ts";

type DeliveriesPanelProps = Pick<ProofState, "deliveries" | "checkpoint"> & { readonly now: string };

/** Where checkpoints go outside, and whether they arrive. */
export function DeliveriesPanel({ deliveries, checkpoint, now }: DeliveriesPanelProps) {
  return (
    <Panel aria-labelledby="deliveries">
      <PanelHeader
        id="deliveries"
        title="Copies outside this server"
        description="A copy out of reach of whoever runs this server proves the history even against them."
      />
      {deliveries.length === 0 ? (
        <Invitation />
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

// Where nothing goes outside, what is missing and how to set it up.
function Invitation() {
  return (
    <div className="grid gap-3 px-4 py-3">
      <p>
        None yet: whoever holds both this server’s database and its key could write another past. Set one of
        these for the server, and each new checkpoint goes there.
      </p>
      <dl className="grid gap-2">
        {DESTINATIONS.map(([setting, meaning]) => (
          <div key={setting}>
            <dt className="font-mono text-sm break-all">{setting}</dt>
            <dd className="text-sm text-ink-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const DESTINATIONS = [
  ["COUNTERSIGN_CHECKPOINT_FILE", "A file on a disk of another machine."],
  ["COUNTERSIGN_CHECKPOINT_WEBHOOK", "An address that takes each checkpoint by POST."],
  ["COUNTERSIGN_CHECKPOINT_MAIL", "A mailbox, where a mail server is set up."],
] as const;

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
