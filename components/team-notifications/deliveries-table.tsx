import type { DeliveryView } from "#lib/queries/team-notifications.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";

const STATES: Readonly<Record<DeliveryView["state"], { readonly tone: Tone; readonly title: string }>> = {
  delivered: { tone: "done", title: "Delivered" },
  waiting: { tone: "waiting", title: "On its way" },
  failing: { tone: "blocked", title: "Not taken" },
  dropped: { tone: "void", title: "Not sent" },
};

type DeliveriesTableProps = { readonly deliveries: readonly DeliveryView[]; readonly now: string };

/** What became of the newest messages to a team's webhooks. */
export function DeliveriesTable({ deliveries, now }: DeliveriesTableProps) {
  return (
    <Table label="Deliveries">
      <TableHead>
        <tr>
          <TableHeader>When</TableHeader>
          <TableHeader>Webhook</TableHeader>
          <TableHeader>About</TableHeader>
          <TableHeader>State</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {deliveries.map(({ id, at, webhook, about, state, attempts, why }) => (
          <TableRow key={id}>
            <TableCell className="sm:whitespace-nowrap">
              <Time at={at} now={now} />
            </TableCell>
            <TableCell>{webhook}</TableCell>
            <TableCell className="max-w-md break-words">{about}</TableCell>
            <TableCell className="max-w-xs break-words">
              <Badge tone={STATES[state].tone}>{STATES[state].title}</Badge>{" "}
              {attempts > 1 && <span className="text-sm text-ink-faint">{attempts} attempts</span>}
              {why !== null && <span className="block text-sm text-ink-muted">{why}</span>}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
