"use client";

import Link from "next/link";
import type { SloView } from "#lib/queries/deployment-view.ts";
import { downtimeMinutesPerMonth } from "#lib/domain/slo.ts";
import { asRoute } from "#components/ui/as-route.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Panel, PanelHeader } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { targetInSigns } from "./target-in-signs.ts";
import { useDeployment } from "./use-deployment.ts";

/** The targets, and beside each what was measured. */
export function SloTable() {
  const view = useDeployment();
  return (
    <Panel aria-labelledby="slo">
      <PanelHeader
        id="slo"
        title="SLO targets"
        description="Measured values come from the evidence on items; recovery from the rollback's clock."
      />
      <Table label="SLO targets and measured values">
        <TableHead>
          <tr>
            <TableHeader>Objective</TableHeader>
            <TableHeader className="text-right">Target</TableHeader>
            <TableHeader className="text-right">Measured</TableHeader>
            <TableHeader>Verdict</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {view.slo.map((slo) => (
            <TableRow key={slo.metric}>
              <TableCell className="font-medium">
                {slo.title}
                {slo.metric === "availabilityPercent" && (
                  <span className="block text-sm font-normal text-ink-faint">
                    allows {downtimeMinutesPerMonth(slo.target).toFixed(1)} min of downtime a month
                  </span>
                )}
              </TableCell>
              <TableCell numeric label="Target" className="whitespace-nowrap">
                {targetInSigns(slo)}
              </TableCell>
              <TableCell numeric label="Measured" className="whitespace-nowrap">
                <Measured slo={slo} deploymentId={view.id} />
              </TableCell>
              <TableCell className="max-sm:w-full">
                <Verdict slo={slo} rolledBack={view.rollback !== null} now={view.now} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}

/** The value, which leads to its evidence. */
function Measured({ slo: { measured, unit }, deploymentId }: { slo: SloView; deploymentId: string }) {
  if (measured === null) return "—";
  const words = `${measured.value} ${unit}`;
  if (measured.item === null) return words;
  return (
    <Link
      href={asRoute(`/deployments/${deploymentId}#item-${measured.item}`)}
      className="touch-target underline decoration-line-strong underline-offset-4 hover:decoration-ink"
    >
      {words}
    </Link>
  );
}

type VerdictProps = { readonly slo: SloView; readonly rolledBack: boolean; readonly now: string };

function Verdict({ slo, rolledBack, now }: VerdictProps) {
  if (slo.measured === null)
    return (
      <Badge icon="circle-dashed">
        {slo.metric === "rtoMinutes" && !rolledBack ? "no rollback" : "not measured"}
      </Badge>
    );
  return (
    <span className="flex items-center gap-2 whitespace-nowrap">
      <Badge tone={slo.measured.met ? "done" : "blocked"}>{slo.measured.met ? "met" : "missed"}</Badge>
      <Time at={slo.measured.at} now={now} className="text-sm text-ink-faint" />
    </span>
  );
}
